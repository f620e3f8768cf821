import { type Condition, valueText } from '@botdeck/shared/domain/conditions'
import { exposureTo } from '@botdeck/shared/domain/exposure'
import type { Audience } from '../stats/filters.ts'
import type { View } from '../stats/view.ts'
import { forEachPerson } from './scan.ts'

/** The event by which a person entered an experiment. */
export interface Exposure {
  variant: string
  /** In ms. */
  at: number
}

/**
 * The first exposure of each counted person to an experiment, by (time, id): it decides their variant for ever. `where`
 * limits the exposures that are looked at.
 */
export async function firstExposures(
  view: View,
  experiment: string,
  { audience, where }: { audience: Audience; where?: readonly Condition[] | undefined },
): Promise<Map<number, Exposure>> {
  const exposures = new Map<number, Exposure>()
  const query = { steps: [exposureTo(experiment)], property: 'variant', where, audience }
  await forEachPerson(view, query, (person) => {
    const variant = valueText(person.value(person.start))
    const at = person.at[person.start]
    if (variant !== null && at !== undefined) exposures.set(person.uid, { variant, at })
  })
  return exposures
}

import { findEventTypes } from '@botdeck/shared/actions/event-types'
import { valueText } from '@botdeck/shared/domain/conditions'
import { sql } from 'drizzle-orm'
import { firstExposures } from '../events/exposures.ts'
import type { View } from '../stats/view.ts'
import { CodeColumn, NumberColumn } from './person-column.ts'

/** Everybody's variant in one experiment, as the events up to the watermark say. */
interface Variants {
  generation: number
  watermark: number
  variants: CodeColumn
  /** When each person was first exposed, in ms. */
  since: NumberColumn
}

/** New events among which exposures are looked for in rows; after more, all are read anew. */
const mostEvents = 200_000
/** Experiments that are kept; those asked for longest ago give way. */
const mostKept = 20

const everybody = { has: () => true, fieldOf: () => () => undefined }
const kept = new WeakMap<object, Map<string, Variants>>()

async function readAll(view: View, experiment: string): Promise<Variants> {
  const { generation, watermark } = view
  const [variants, since] = [new CodeColumn(), new NumberColumn()]
  for (const [uid, { variant, at }] of await firstExposures(view, experiment, { audience: everybody })) {
    variants.set(uid, variant)
    since.set(uid, at)
  }
  return { generation, watermark, variants, since }
}

/** Takes the exposures that came after: an earlier one decides, of one instant the one that was stored first. */
async function takeNew({ db, watermark }: View, experiment: string, known: Variants): Promise<Variants> {
  const { variants, since } = known
  const type = (await findEventTypes(db, ['experiment_exposed'])).get('experiment_exposed') ?? 0
  const rows = await db.all<{ uid: number; at: number; props: string | null }>(sql`
    select uid, at, props from events
    where id > ${known.watermark} and id <= ${watermark} and type = ${type} order by id`)
  for (const { uid, at, props } of rows) {
    // @NOTE The column holds objects alone.
    const values = JSON.parse(props ?? '{}') as Record<string, unknown>
    const variant = valueText(values.variant)
    if (valueText(values.experiment) !== experiment || variant === null) continue
    const before = since.numberOf(uid)
    if (at >= before) continue
    variants.set(uid, variant)
    since.set(uid, at)
  }
  return { ...known, watermark }
}

/**
 * Everybody's variant in an experiment at the view: that of the first exposure. Kept from one question to the next, and
 * brought up to date with the exposures that came between.
 */
export async function variantsOf(view: View, experiment: string): Promise<CodeColumn> {
  const { database, generation, watermark } = view
  const byExperiment = kept.get(database) ?? new Map<string, Variants>()
  kept.set(database, byExperiment)
  const known = byExperiment.get(experiment)
  const ahead = known ? watermark - known.watermark : -1
  const goesOn = known && known.generation === generation && ahead >= 0 && ahead <= mostEvents
  const fresh = goesOn ? await takeNew(view, experiment, known) : await readAll(view, experiment)
  byExperiment.delete(experiment)
  byExperiment.set(experiment, fresh)
  const [oldest] = byExperiment.keys()
  if (oldest !== undefined && byExperiment.size > mostKept) byExperiment.delete(oldest)
  return fresh.variants
}

import { type ExperimentRow, experimentsOf } from '@botdeck/shared/actions/experiments'
import { AppError } from '@botdeck/shared/contract/errors'
import { experimentResult } from '@botdeck/shared/domain/experiment-result'
import { type Exposure, firstExposures } from '../events/exposures.ts'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import type { Audience } from './filters.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['experiments']

/** Everybody who counts in an experiment: first exposed while it ran, in the range where one is given. */
async function exposedIn(
  view: View,
  experiment: ExperimentRow,
  of: { params: Params; audience: Audience },
): Promise<Map<number, Exposure>> {
  const { params, audience } = of
  const { from, to } = params
  const range = from !== undefined && to !== undefined ? rangeOf(view, { from, to }) : null
  const end = experiment.endedAt ?? Number.POSITIVE_INFINITY
  const exposures = await firstExposures(view, experiment.key, { audience, where: params.where })
  for (const [uid, { at }] of exposures)
    if (at > end || (range && (at < range.from || at >= range.to))) exposures.delete(uid)
  return exposures
}

/** Who of the exposed did the goal at or after their exposure, by something else than the exposure, inside the window. */
async function convertedOf(
  view: View,
  { goal, goalWindow }: ExperimentRow,
  of: { exposures: ReadonlyMap<number, Exposure>; params: Params; audience: Audience },
): Promise<Set<number>> {
  const { exposures, audience } = of
  const converted = new Set<number>()
  if (exposures.size === 0) return converted
  const times = [...exposures.values()].map(({ at }) => at)
  const from = times.reduce((least, at) => Math.min(least, at))
  // The window's far edge is inside.
  const to = times.reduce((most, at) => Math.max(most, at)) + goalWindow + 1
  const query = { steps: [goal], where: of.params.where, from, to, audience }
  await forEachPerson(view, query, (person) => {
    const start = exposures.get(person.uid)?.at
    if (start === undefined) return
    for (let index = person.start; index < person.end; index++) {
      const at = person.at[index] ?? 0
      const exposure = at === start && person.type(index) === 'experiment_exposed'
      if (at >= start && at <= start + goalWindow && !exposure) converted.add(person.uid)
    }
  })
  return converted
}

/** Reports everybody exposed at the place of their variant; `variants` learns names that the experiment does not plan. */
async function evaluate(
  view: View,
  experiment: ExperimentRow,
  to: { params: Params; tally: Tally; variants: string[] },
): Promise<void> {
  const { params, tally, variants } = to
  const audience = await audienceOf(view, params, [experiment.goal])
  const exposures = await exposedIn(view, experiment, { params, audience })
  const converted = await convertedOf(view, experiment, { exposures, params, audience })
  const since = experiment.variants[0]?.since ?? 0
  for (const [uid, { variant, at }] of exposures) {
    if (!variants.includes(variant)) variants.push(variant)
    const place = variants.indexOf(variant)
    tally.add('exposed', place, uid)
    if (at >= since) tally.add('assigned', place, uid)
    if (converted.has(uid)) tally.add('converted', place, uid)
    else if (view.asOf <= at + experiment.goalWindow) tally.add('open', place, uid)
  }
}

async function resultOf(view: View, experiment: ExperimentRow, params: Params): Promise<object> {
  const counts = new Counts()
  const names = experiment.variants.map(({ name }) => name)
  await evaluate(view, experiment, { params, tally: counts, variants: names })
  const shares = new Map(experiment.variants.map(({ name, share }) => [name, share]))
  const counted = names.map((name, place) => ({
    share: shares.get(name) ?? 0,
    exposed: counts.of('exposed', place),
    converted: counts.of('converted', place),
    assigned: counts.of('assigned', place),
  }))
  const { arms, sampleRatio, sampleReached } = experimentResult(counted, experiment.sampleSize)
  return {
    key: experiment.key,
    name: experiment.name,
    startedAt: new Date(experiment.startedAt).toISOString(),
    endedAt: experiment.endedAt === null ? null : new Date(experiment.endedAt).toISOString(),
    goal: experiment.goal,
    goalWindowSeconds: experiment.goalWindow / 1000,
    sampleSize: experiment.sampleSize,
    sampleReached,
    exposed: counted.reduce((sum, { exposed }) => sum + exposed, 0),
    sampleRatio,
    variants: counted.map(({ share, exposed, converted }, place) => ({
      name: names[place],
      share,
      control: place === 0,
      exposed,
      converted,
      open: counts.of('open', place),
      ...arms[place],
    })),
  }
}

async function experimentsAsked(view: View, key: string | undefined): Promise<ExperimentRow[]> {
  const all = await experimentsOf(view.db)
  const asked = key === undefined ? all : all.filter((experiment) => experiment.key === key)
  if (key !== undefined && asked.length === 0)
    throw new AppError('invalid_params', 'no such experiment', { field: 'key' })
  return asked
}

/**
 * Experiments by variant: exposed people, counted by their first exposure ever, those who reached the goal in its window,
 * and what that tells (`domain/experiment-result`). Who was exposed after the end counts in none.
 */
export const experimentsStat: Stat<'experiments'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const results = []
    for (const experiment of await experimentsAsked(view, params.key))
      results.push(await resultOf(view, experiment, params))
    return { ...answered(view), experiments: results }
  },
  async people(view, params) {
    const [experiment] = await experimentsAsked(view, params.key)
    if (!experiment) return new Set()
    const variants = experiment.variants.map(({ name }) => name)
    const { cell, variant } = params
    const wanted = (place: number) => variant === undefined || variants[place] === variant
    const members = new Members((figure, place) => figure === cell && wanted(place))
    await evaluate(view, experiment, { params, tally: members, variants })
    return members.uids
  },
}

import type { changeKinds } from '@botdeck/shared/contract/stats/changes'
import { valueText } from '@botdeck/shared/domain/conditions'
import { rate } from '@botdeck/shared/domain/numbers'
import { forEachEvent } from '../events/each-event.ts'
import { audienceOf } from './audience.ts'
import { isRecordedBefore } from './compared.ts'
import { type Audience, refuseEventConditions } from './filters.ts'
import { currentPlace, previousPlace, reachOf } from './overview-figures.ts'
import { type OverviewPlan, overviewPlan } from './overview-spans.ts'
import { readPayments } from './payment-rows.ts'
import { readPeople } from './people-rows.ts'
import type { StatParams } from './requests.ts'
import { Rows } from './rows.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['changes']
type Kind = (typeof changeKinds)[number]

/** Fewer in both periods are too few to speak of. */
const fewest = 30
const leastZ = 2
const shownChanges = 3

/** The range without the running day; a range that is only the running day is taken as the day before. */
function planOf(view: View, params: Params): OverviewPlan {
  refuseEventConditions(params)
  const { clock } = view
  const plan = overviewPlan(view, rangeOf(view, params))
  if (!plan.running) return plan
  const today = clock.dayOf(view.asOf)
  const yesterday = { from: clock.dayStart(today - 1), to: clock.dayStart(today) }
  return overviewPlan(view, { ...yesterday, fromUnit: 'day', toUnit: 'day' })
}

/** Numbers of the values met, of each kind. */
type Values = Record<Kind, Rows>

interface Run {
  plan: OverviewPlan
  params: Params
  audience: Audience
  values: Values
  tally: Tally
}

const indexOf = (row: number, place: number) => row * 2 + place

/** Reports one thing of a person for a value of a kind, in the period that it fell into. */
function reporter({
  plan,
  values,
  tally,
}: Run): (kind: Kind, value: string, what: { uid: number; at: number }) => void {
  const { current, previous } = plan
  return (kind, value, { uid, at }) => {
    if (at >= current.from && at < current.to)
      tally.add(kind, indexOf(values[kind].of(value), currentPlace), uid)
    if (at >= previous.from && at < previous.to)
      tally.add(kind, indexOf(values[kind].of(value), previousPlace), uid)
  }
}

async function evaluate(view: View, run: Run): Promise<void> {
  const { plan, params, audience } = run
  const report = reporter(run)
  for (const { uid, source, firstSeenAt } of await readPeople(view, audience))
    if (firstSeenAt !== null) report('source', source ?? 'direct', { uid, at: firstSeenAt })
  const range = reachOf(plan)
  for (const { uid, packageId, succeededAt } of await readPayments(view, {
    includeStaff: params.includeStaff,
    range,
  }))
    if (succeededAt !== null && audience.has(uid)) report('package', packageId, { uid, at: succeededAt })
  const failed = { event: 'generation_failed' }
  const pictures = { steps: [failed, { event: 'generation_succeeded' }], ...range, audience }
  await forEachEvent(view, { ...pictures, property: 'effectId' }, (event) => {
    report('effect', valueText(event.value) ?? '', event)
  })
  await forEachEvent(view, { ...pictures, steps: [failed], property: 'errorType' }, (event) => {
    report('errorType', valueText(event.value) ?? '', event)
  })
}

function newRun(plan: OverviewPlan, parts: Pick<Run, 'params' | 'audience' | 'tally'>): Run {
  const values = { source: new Rows(), effect: new Rows(), package: new Rows(), errorType: new Rows() }
  return { plan, ...parts, values }
}

/** The values with enough in either period whose z says that chance alone hardly did it, the largest first. */
function largestChanges({ values }: Run, counts: Counts): object[] {
  // @NOTE The keys are those of the type.
  const kinds = Object.entries(values) as [Kind, Rows][]
  return kinds
    .flatMap(([kind, rows]) =>
      [...rows.entries()].map(([value, row]) => {
        const current = counts.of(kind, indexOf(row, currentPlace))
        const previous = counts.of(kind, indexOf(row, previousPlace))
        const z = (current - previous) / Math.sqrt(current + previous)
        return { kind, value, current, previous, change: rate(current - previous, previous), z }
      }),
    )
    .filter(({ current, previous, z }) => Math.max(current, previous) >= fewest && Math.abs(z) >= leastZ)
    .sort(
      (a, b) => Math.abs(b.z) - Math.abs(a.z) || (`${a.kind} ${a.value}` < `${b.kind} ${b.value}` ? -1 : 1),
    )
    .slice(0, shownChanges)
}

/**
 * What changed most between the range and the same number of days before it: new people by source, pictures by effect,
 * purchases by package, failures by type. z is that of two Poisson counts of equal exposure.
 */
export const changesStat: Stat<'changes'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const { current, previous } = plan
    const counts = new Counts()
    const run = newRun(plan, { params, audience: await audienceOf(view, params), tally: counts })
    const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
    if (compares) await evaluate(view, run)
    return {
      ...answered(view),
      current: { from: current.fromText, to: current.toText },
      previous: compares ? { from: previous.fromText, to: previous.toText } : null,
      changes: largestChanges(run, counts),
    }
  },
  async people(view, params) {
    const { kind, value, cell } = params
    const place = cell === 'current' ? currentPlace : previousPlace
    const members = new Members(
      (figure, index) => figure === kind && index === indexOf(run.values[kind].asked(value), place),
    )
    const audience = await audienceOf(view, params)
    const run = newRun(planOf(view, params), { params, audience, tally: members })
    await evaluate(view, run)
    return members.uids
  },
}

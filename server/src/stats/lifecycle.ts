import type { Step } from '@botdeck/shared/domain/conditions'
import { forEachState } from '@botdeck/shared/domain/lifecycle'
import { rate } from '@botdeck/shared/domain/numbers'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import { gte } from 'drizzle-orm'
import { forEachPerson } from '../events/scan.ts'
import { type Audience, audienceOf, conditionsOn } from './audience.ts'
import { type PeriodPlan, wholePeriodPlan } from './period-plan.ts'
import { activeDaysOf } from './person-rows.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['lifecycle']

const anyActivity: Step = { event: null }
const longBefore = Number.NEGATIVE_INFINITY

/** Told of a person's periods, counted from the first point: those with activity from −1 on, and the first ever. */
type Report = (uid: number, periods: { active: number[]; first: number }) => void

function adder(): { add(period: number): void; periods: number[] } {
  const periods: number[] = []
  return {
    periods,
    add: (period) => {
      if (period >= -1 && periods.at(-1) !== period) periods.push(period)
    },
  }
}

/** When people were active for the first time ever, of those for whom it was not before `from`; by uid, in ms. */
async function firstActiveSince(view: View, from: number): Promise<Map<number, number>> {
  const { personStates: states } = view.db.t
  const rows = await view.db.orm
    .select({ uid: states.uid, at: states.firstActiveAt })
    .from(states)
    .where(gte(states.firstActiveAt, from))
  return new Map(rows.flatMap(({ uid, at }) => (at === null ? [] : [[uid, at]])))
}

interface Asked {
  params: Params
  plan: PeriodPlan
  audience: Audience
}

/** From the days on which people were active, where any activity whatever counts. */
async function readDays(view: View, { params, plan, audience }: Asked, report: Report): Promise<void> {
  const { clock } = view
  const { interval: unit } = params
  const [firstPoint] = plan.points
  if (unit === 'hour' || !firstPoint) return
  const zero = firstPoint.index
  const firsts = await firstActiveSince(view, plan.from)
  const stretch = { first: clock.firstDay(zero - 1, unit), last: clock.dayOf(plan.to - 1) }
  for (const [uid, days] of await activeDaysOf(view, audience, stretch)) {
    const { periods, add } = adder()
    for (const day of days) add(clock.periodOfDay(day, unit) - zero)
    const at = firsts.get(uid)
    const first = at === undefined ? longBefore : clock.periodIndex(at, unit) - zero
    report(uid, { active: periods, first })
  }
}

/** From all history of the events asked for. */
async function readEvents(view: View, { params, plan, audience }: Asked, report: Report): Promise<void> {
  const { clock } = view
  const [firstPoint] = plan.points
  if (!firstPoint) return
  const before = { start: clock.periodStart(firstPoint.index - 1, params.interval), end: firstPoint.start }
  const table = new PeriodTable([before, ...plan.points])
  const steps = [params.event ?? anyActivity]
  await forEachPerson(
    view,
    { steps, where: params.where, to: plan.to, audience, anyTieOrder: true },
    (person) => {
      const { periods, add } = adder()
      // @NOTE The indices lie inside. Places count from the period before the first point.
      const first = table.placeOf(person.at[person.start] as number) - 1
      for (let index = person.start; index < person.end; index++)
        add(table.placeOf(person.at[index] as number) - 1)
      report(person.uid, { active: periods, first })
    },
  )
}

async function evaluate(view: View, params: Params, to: { plan: PeriodPlan; tally: Tally }): Promise<void> {
  const { plan, tally } = to
  const { event = anyActivity, where, interval } = params
  const audience = await audienceOf(view, params, [event])
  const whatever = event.event === null && !event.where?.length && conditionsOn('event', where).length === 0
  const read = whatever && interval !== 'hour' ? readDays : readEvents
  await read(view, { params, plan, audience }, (uid, periods) =>
    forEachState(periods, plan.points.length, (state, period) => tally.add(state, period, uid)),
  )
}

/**
 * What people are in each period beside the one before: new, returning, resurrecting or dormant, by the rules of
 * `domain/lifecycle`. Active means the events asked for, of all history; periods at the edges of the range are whole.
 */
export const lifecycleStat: Stat<'lifecycle'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = wholePeriodPlan(view, params)
    const counts = new Counts()
    await evaluate(view, params, { plan, tally: counts })
    const points = plan.points.map((point, index) => {
      const [started, dormant] = [counts.of('new', index), counts.of('dormant', index)]
      const resurrecting = counts.of('resurrecting', index)
      const stayed = { new: started, returning: counts.of('returning', index), resurrecting, dormant }
      const pulse = rate(started + resurrecting, dormant)
      return { ...headingOf(point), ...stayed, pulse, complete: point.complete }
    })
    return { ...answered(view), points }
  },
  async people(view, params) {
    const plan = wholePeriodPlan(view, params)
    const asked = pointNamed(plan.points, params.start)
    const members = new Members((figure, index) => figure === params.which && index === asked)
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

import type { Step } from '@botdeck/shared/domain/conditions'
import { forEachState } from '@botdeck/shared/domain/lifecycle'
import { rate } from '@botdeck/shared/domain/numbers'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import { type Audience, conditionsOn } from './filters.ts'
import { forEachStateByDays, type StateVisit } from './lifecycle-days.ts'
import { type PeriodPlan, wholePeriodPlan } from './period-plan.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['lifecycle']

const anyActivity: Step = { event: null }
interface Asked {
  params: Params
  plan: PeriodPlan
  audience: Audience
}

/** From all history of the events asked for. */
async function forEachStateByEvents(
  view: View,
  { params, plan, audience }: Asked,
  visit: StateVisit,
): Promise<void> {
  const { clock } = view
  const [firstPoint] = plan.points
  if (!firstPoint) return
  const before = { start: clock.periodStart(firstPoint.index - 1, params.interval), end: firstPoint.start }
  const table = new PeriodTable([before, ...plan.points])
  const query = {
    ...{ steps: [params.event ?? anyActivity], where: params.where, to: plan.to },
    ...{ audience, anyTieOrder: true },
  }
  await forEachPerson(view, query, ({ uid, at, start, end }) => {
    const active: number[] = []
    // @NOTE The indices lie inside. Places count from the period before the first point.
    const first = table.placeOf(at[start] as number) - 1
    for (let index = start; index < end; index++) {
      const period = table.placeOf(at[index] as number) - 1
      if (period >= -1 && active.at(-1) !== period) active.push(period)
    }
    forEachState({ active, first }, plan.points.length, (state, period) => visit(state, period, uid))
  })
}

async function evaluate(view: View, params: Params, to: { plan: PeriodPlan; tally: Tally }): Promise<void> {
  const { plan, tally } = to
  const { event = anyActivity, where, interval, includeStaff } = params
  const audience = await audienceOf(view, params, [event])
  const visit: StateVisit = (state, period, uid) => tally.add(state, period, uid)
  const whatever = event.event === null && !event.where?.length && conditionsOn('event', where).length === 0
  if (whatever && interval !== 'hour')
    await forEachStateByDays(view, { plan, unit: interval, audience, includeStaff }, visit)
  else await forEachStateByEvents(view, { params, plan, audience }, visit)
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

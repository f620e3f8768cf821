import type { DayUnit } from '@botdeck/shared/domain/civil'
import { enterPeriod, type LifecycleState, leavePeriod } from '@botdeck/shared/domain/lifecycle'
import { peopleTable } from '../people/people-table.ts'
import { readActiveDays } from '../rollup/read-active-days.ts'
import type { Audience } from './filters.ts'
import type { PeriodPlan } from './period-plan.ts'
import type { View } from './view.ts'

/** Told what a person is in a period, counted from the first point's. */
export type StateVisit = (state: LifecycleState, period: number, uid: number) => void

interface Asked {
  plan: PeriodPlan
  unit: DayUnit
  audience: Audience
  includeStaff: boolean | undefined
}

/** Who was not active in the stretch that is looked at, and whose first activity lies before it. */
const none = -(2 ** 30)

/** By uid the period of the first activity ever, counted from the first point's; `none` where it lies before. */
async function firstPeriods(view: View, { plan, unit }: Asked): Promise<Int32Array> {
  const table = await peopleTable(view, ['firstActiveAt'])
  const firstActiveAt = table.numbers('firstActiveAt')
  const zero = plan.points[0]?.index ?? 0
  const firsts = new Int32Array(table.people).fill(none)
  for (let uid = 0; uid < firsts.length; uid++) {
    const at = firstActiveAt.numberOf(uid)
    if (at >= plan.from) firsts[uid] = view.clock.periodIndex(at, unit) - zero
  }
  return firsts
}

/** Tells what everybody counted is in each period, from who was active on which day; as `forEachState`, day by day. */
export async function forEachStateByDays(view: View, asked: Asked, visit: StateVisit): Promise<void> {
  const { clock } = view
  const { plan, unit, audience, includeStaff } = asked
  const [firstPoint] = plan.points
  if (!firstPoint) return
  const periods = plan.points.length
  const firsts = await firstPeriods(view, asked)
  const last = new Int32Array(firsts.length).fill(none)
  let uid = 0
  const emit = (state: LifecycleState, period: number) => visit(state, period, uid)
  const stretch = { first: clock.firstDay(firstPoint.index - 1, unit), last: clock.dayOf(plan.to - 1) }
  for await (const { day, uids } of readActiveDays(view, { ...stretch, includeStaff })) {
    const period = clock.periodOfDay(day, unit) - firstPoint.index
    for (uid of uids) {
      if (last[uid] === period || !audience.has(uid)) continue
      enterPeriod({ before: last[uid] ?? none, period, first: firsts[uid] ?? none }, periods, emit)
      last[uid] = period
    }
  }
  for (uid = 0; uid < last.length; uid++) leavePeriod(last[uid] ?? none, periods, emit)
}

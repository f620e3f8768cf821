import type { Unit } from '@botdeck/shared/domain/civil'
import type { RetentionShape } from '@botdeck/shared/domain/retention'
import { forEachPerson } from '../events/scan.ts'
import { peopleTable } from '../people/people-table.ts'
import { readActiveDays } from '../rollup/read-active-days.ts'
import type { Audience } from './filters.ts'
import { readPayments, reportingValue, revenueOf } from './payment-rows.ts'
import type { View } from './view.ts'

/** The rows and columns of a table of cohorts by the period of the first activity ever. */
export interface CohortPlan extends RetentionShape {
  unit: Unit
}

/** Everybody who starts in one of the plan's rows. */
export interface CohortMembers {
  plan: CohortPlan
  /** Ascending. */
  uids: number[]
  /** The row of each of them, by uid; −1 for everybody else. */
  rowOf: Int32Array
}

/** Who of the audience was first active in a period of the plan. */
export async function readMembers(view: View, plan: CohortPlan, audience: Audience): Promise<CohortMembers> {
  const { firstPeriod, cohorts, unit } = plan
  const people = await peopleTable(view, ['firstActiveAt'])
  const firstActiveAt = people.numbers('firstActiveAt')
  const rowOf = new Int32Array(people.people).fill(-1)
  const uids: number[] = []
  const from = view.clock.periodStart(firstPeriod, unit)
  const to = view.clock.periodStart(firstPeriod + cohorts, unit)
  for (let uid = 0; uid < people.people; uid++) {
    const at = firstActiveAt.numberOf(uid)
    if (!(at >= from && at < to && audience.has(uid))) continue
    rowOf[uid] = view.clock.periodIndex(at, unit) - firstPeriod
    uids.push(uid)
  }
  return { plan, uids, rowOf }
}

/** Calls `visit` for each column k in which a member was active, once for each; 0 is a column of all of them. */
export async function forEachActiveColumn(
  view: View,
  { plan, uids, rowOf }: CohortMembers,
  visit: (uid: number, k: number) => void,
): Promise<void> {
  const { clock } = view
  const { unit, firstPeriod, cohorts, periods } = plan
  // Periods come in their order, so the last column told of a person is all that has to be known.
  const last = new Int32Array(rowOf.length)
  const tell = (uid: number, period: number) => {
    const row = rowOf[uid] ?? -1
    const k = period - firstPeriod - row
    if (row < 0 || k <= (last[uid] ?? 0) || k >= periods) return
    last[uid] = k
    visit(uid, k)
  }
  for (const uid of uids) visit(uid, 0)
  const end = firstPeriod + cohorts + periods - 1
  if (unit === 'hour') {
    const range = { from: clock.periodStart(firstPeriod, unit), to: clock.periodStart(end, unit) }
    const members = { has: (uid: number) => (rowOf[uid] ?? -1) >= 0, fieldOf: () => () => undefined }
    await forEachPerson(view, { steps: [{ event: null }], ...range, audience: members }, (person) => {
      for (let place = person.start; place < person.end; place++)
        tell(person.uid, clock.periodIndex(person.at[place] ?? 0, unit))
    })
    return
  }
  const stretch = { first: clock.firstDay(firstPeriod, unit), last: clock.firstDay(end, unit) - 1 }
  for await (const { day, uids: active } of readActiveDays(view, { ...stretch, includeStaff: true })) {
    const period = clock.periodOfDay(day, unit)
    for (const uid of active) tell(uid, period)
  }
}

/** What a member paid; k counts periods since their first one. */
export interface CohortPayer {
  uid: number
  row: number
  /** The first column by whose end they have paid; infinite for who never did. */
  payerFrom: number
  /** Changes of their net revenue (reporting currency) from the beginning of their first period on, by column. */
  net: { k: number; amount: number }[]
}

/** Calls `visit` for each member with payments. */
export async function forEachPayer(
  view: View,
  { plan, rowOf }: CohortMembers,
  { includeStaff, visit }: { includeStaff: boolean | undefined; visit: (payer: CohortPayer) => void },
): Promise<void> {
  const { unit, firstPeriod } = plan
  const payers = new Map<number, CohortPayer>()
  for (const payment of await readPayments(view, { includeStaff })) {
    const { uid, succeededAt } = payment
    const row = rowOf[uid] ?? -1
    if (row < 0 || succeededAt === null) continue
    const columnOf = (at: number) => view.clock.periodIndex(at, unit) - firstPeriod - row
    const payer = payers.get(uid) ?? { uid, row, payerFrom: Number.POSITIVE_INFINITY, net: [] }
    payers.set(uid, payer)
    payer.payerFrom = Math.min(payer.payerFrom, Math.max(0, columnOf(succeededAt)))
    const value = reportingValue(payment, view.settings)
    if (value === null) continue
    for (const { at, amount } of revenueOf(payment, value)) {
      const k = columnOf(at)
      if (k >= 0) payer.net.push({ k, amount })
    }
  }
  for (const payer of payers.values()) visit(payer)
}

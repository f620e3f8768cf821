import type { Unit } from '@botdeck/shared/domain/civil'
import { forEachCell, type RetentionShape } from '@botdeck/shared/domain/retention'
import { forEachPerson } from '../events/scan.ts'
import type { Audience } from './audience.ts'
import { type PaymentRow, readPayments, reportingValue, revenueOf } from './payment-rows.ts'
import { activeDaysOf } from './person-rows.ts'
import type { View } from './view.ts'

/** The rows and columns of a table of cohorts by the period of the first activity ever. */
export interface CohortPlan extends RetentionShape {
  unit: Unit
}

/** What one person adds to the cohort of their first activity; k counts periods since. */
export interface CohortPerson {
  uid: number
  /** The period of their first activity, as a row of the plan. */
  row: number
  /** The columns in which they count as active; 0 is among them. */
  active: ReadonlySet<number>
  /** The first column by whose end they have paid; infinite for who never did. */
  payerFrom: number
  /** Changes of their net revenue (reporting currency) from the beginning of their first period on, by column. */
  net: { k: number; amount: number }[]
}

/** The periods in which each counted person was active, all their life. */
async function forEachActive(
  view: View,
  { unit, audience }: { unit: Unit; audience: Audience },
  visit: (uid: number, periods: Set<number>) => void,
): Promise<void> {
  const { clock } = view
  if (unit === 'hour') {
    await forEachPerson(view, { steps: [{ event: null }], audience }, ({ uid, start, end, at }) =>
      visit(uid, new Set(Array.from(at.subarray(start, end), (ms) => clock.periodIndex(ms, unit)))),
    )
    return
  }
  for (const [uid, days] of await activeDaysOf(view, audience))
    visit(uid, new Set(days.map((day) => clock.periodOfDay(day, unit))))
}

function moneyOf(
  view: View,
  payments: readonly PaymentRow[],
  columnOf: (at: number) => number,
): Pick<CohortPerson, 'payerFrom' | 'net'> {
  let payerFrom = Number.POSITIVE_INFINITY
  const net: CohortPerson['net'] = []
  for (const payment of payments) {
    if (payment.succeededAt !== null)
      payerFrom = Math.min(payerFrom, Math.max(0, columnOf(payment.succeededAt)))
    const value = reportingValue(payment, view.settings)
    if (value === null) continue
    for (const { at, amount } of revenueOf(payment, value)) {
      const k = columnOf(at)
      if (k >= 0) net.push({ k, amount })
    }
  }
  return { payerFrom, net }
}

/** Calls `visit` for each counted person who starts in one of the plan's rows. */
export async function forEachCohortPerson(
  view: View,
  of: { plan: CohortPlan; audience: Audience; includeStaff: boolean | undefined },
  visit: (person: CohortPerson) => void,
): Promise<void> {
  const { plan, audience, includeStaff } = of
  const payments = Map.groupBy(await readPayments(view, { includeStaff }), ({ uid }) => uid)
  await forEachActive(view, { unit: plan.unit, audience }, (uid, periods) => {
    const active = new Set<number>()
    let cohort: number | undefined
    forEachCell({ starts: periods, returns: periods }, plan, (row, k) => {
      cohort = row
      active.add(k)
    })
    if (cohort === undefined) return
    const first = plan.firstPeriod + cohort
    const columnOf = (at: number) => view.clock.periodIndex(at, plan.unit) - first
    visit({ uid, row: cohort, active, ...moneyOf(view, payments.get(uid) ?? [], columnOf) })
  })
}

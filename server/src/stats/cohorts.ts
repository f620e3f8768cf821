import { AppError } from '@botdeck/shared/contract/errors'
import type { Unit } from '@botdeck/shared/domain/civil'
import { rate } from '@botdeck/shared/domain/numbers'
import { forEachCell, type RetentionShape } from '@botdeck/shared/domain/retention'
import { type Audience, audienceOf, refuseEventConditions } from './audience.ts'
import { forEachPerson } from './event-scan.ts'
import { type PaymentRow, readPayments, reportingValue, revenueOf } from './payment-rows.ts'
import { activeDaysOf } from './person-rows.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, instantOf, type View } from './view.ts'

type Params = StatParams['cohorts']

interface Plan extends RetentionShape {
  unit: Unit
}

function planOf(view: View, params: Params): Plan {
  refuseEventConditions(params)
  const { cohorts, periods, period: unit = 'day' } = params
  const firstPeriod = view.clock.periodIndex(instantOf(view, params.from, 'from'), unit)
  return { unit, firstPeriod, cohorts, periods, start: 'first_time', mode: 'on' }
}

/** The periods in which each counted person was active, all their life. */
async function forEachActive(
  view: View,
  { unit, audience }: { unit: Unit; audience: Audience },
  visit: (uid: number, periods: Set<number>) => void,
): Promise<void> {
  const { clock } = view
  if (unit === 'hour') {
    const scan = { steps: [{ event: null }], where: [], audience }
    await forEachPerson(view, scan, (uid, events) =>
      visit(uid, new Set(events.map(({ at }) => clock.periodIndex(at, unit)))),
    )
    return
  }
  for (const [uid, days] of await activeDaysOf(view, audience))
    visit(uid, new Set(days.map((day) => clock.periodOfDay(day, unit))))
}

/** Reports what the payments of a person of the cohort `row` brought: revenue in its period, and being a payer from then on. */
function reportPayments(
  view: View,
  plan: Plan,
  of: { row: number; payments: readonly PaymentRow[]; tally: Tally },
): void {
  const { row, payments, tally } = of
  const { unit, firstPeriod, periods } = plan
  const columnOf = (at: number) => view.clock.periodIndex(at, unit) - firstPeriod - row
  const cell = (k: number) => row * periods + k
  let payerFrom = Number.POSITIVE_INFINITY
  for (const payment of payments) {
    if (payment.succeededAt !== null)
      payerFrom = Math.min(payerFrom, Math.max(0, columnOf(payment.succeededAt)))
    const value = reportingValue(payment, view.settings)
    if (value === null) continue
    for (const { at, amount } of revenueOf(payment, value)) {
      const k = columnOf(at)
      if (k >= 0 && k < periods) tally.add('net', cell(k), payment.uid, amount)
    }
  }
  const [first] = payments
  if (first) for (let k = payerFrom; k < periods; k++) tally.add('payers', cell(k), first.uid)
}

async function paymentsByPerson(view: View, params: Params): Promise<Map<number, PaymentRow[]>> {
  const people = new Map<number, PaymentRow[]>()
  for (const payment of await readPayments(view, { includeStaff: params.includeStaff })) {
    const payments = people.get(payment.uid)
    if (payments) payments.push(payment)
    else people.set(payment.uid, [payment])
  }
  return people
}

/** Reports each person of the rows at row × periods + column: as `users` where active, as `payers` once they have paid. */
async function evaluate(view: View, params: Params, to: { plan: Plan; tally: Tally }): Promise<void> {
  const { plan, tally } = to
  const audience = await audienceOf(view, params)
  const payments = await paymentsByPerson(view, params)
  await forEachActive(view, { unit: plan.unit, audience }, (uid, periods) => {
    forEachCell({ starts: periods, returns: periods }, plan, (row, k) => {
      tally.add('users', row * plan.periods + k, uid)
      if (k === 0) reportPayments(view, plan, { row, payments: payments.get(uid) ?? [], tally })
    })
  })
}

function rowsOf(view: View, plan: Plan): { label: string; start: number }[] {
  const { unit, firstPeriod, cohorts } = plan
  return Array.from({ length: cohorts }, (_, row) => ({
    label: view.clock.labelOf(firstPeriod + row, unit),
    start: view.clock.periodStart(firstPeriod + row, unit),
  })).filter(({ start }) => start <= view.asOf)
}

function cellsOf(view: View, plan: Plan, of: { row: number; counts: Counts }) {
  const { row, counts } = of
  const { unit, firstPeriod, periods } = plan
  const startOf = (k: number) => view.clock.periodStart(firstPeriod + row + k, unit)
  const size = counts.of('users', row * periods)
  let net = 0
  const cells = []
  for (let k = 0; k < periods && startOf(k) <= view.asOf; k++) {
    const place = row * periods + k
    const users = counts.of('users', place)
    const payers = counts.of('payers', place)
    net += counts.of('net', place)
    const ltv = { amount: size > 0 ? net / size : 0, currency: view.settings.currency }
    const people = { users, size, rate: rate(users, size), ltv, payers, payerRate: rate(payers, size) }
    cells.push({ ...people, complete: startOf(k + 1) <= view.asOf })
  }
  return { size, cells }
}

/** Which place a list is asked of, of those that the answer has; `size` is the cohort whatever the column. */
function placeAsked(view: View, plan: Plan, { cell, start, k }: PeopleParams['cohorts']): number {
  const row = pointNamed(rowsOf(view, plan), start)
  if (cell === 'size') return row * plan.periods
  const begun = (column: number) =>
    view.clock.periodStart(plan.firstPeriod + row + column, plan.unit) <= view.asOf
  if (k === undefined || k >= plan.periods || !begun(k))
    throw new AppError('invalid_params', 'k names no cell of the row', { field: 'k' })
  return row * plan.periods + k
}

/**
 * Cohorts by the period of the first activity ever: who is active k periods later (`users`), the cumulative net revenue
 * from the beginning of the cohort's period by the end of that period ÷ cohort size (`ltv`, reporting currency), and those
 * who had paid by then (`payers`, refunded or not).
 */
export const cohortsStat: Stat<'cohorts'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const counts = new Counts()
    await evaluate(view, params, { plan, tally: counts })
    const rows = rowsOf(view, plan).map((row, index) => ({
      ...headingOf(row),
      ...cellsOf(view, plan, { row: index, counts }),
    }))
    return { ...answered(view), rows }
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const place = placeAsked(view, plan, params)
    const figure = params.cell === 'size' ? 'users' : params.cell
    const members = new Members((reported, index) => reported === figure && index === place)
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

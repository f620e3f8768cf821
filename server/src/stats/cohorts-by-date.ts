import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import {
  type CohortMembers,
  type CohortPayer,
  type CohortPlan,
  forEachActiveColumn,
  forEachPayer,
} from './cohort-people.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams } from './requests.ts'
import type { Counts, Tally } from './tally.ts'
import type { View } from './view.ts'

/** Reports each member at row × periods + column: as `users` where active, as `payers` once they have paid. */
export async function reportByDate(
  view: View,
  members: CohortMembers,
  { includeStaff, tally }: { includeStaff: boolean | undefined; tally: Tally },
): Promise<void> {
  const { rowOf, plan } = members
  const { periods } = plan
  await forEachActiveColumn(view, members, (uid, k) =>
    tally.add('users', (rowOf[uid] ?? 0) * periods + k, uid),
  )
  const visit = ({ uid, row, payerFrom, net }: CohortPayer) => {
    for (let k = payerFrom; k < periods; k++) tally.add('payers', row * periods + k, uid)
    for (const { k, amount } of net) if (k < periods) tally.add('net', row * periods + k, uid, amount)
  }
  await forEachPayer(view, members, { includeStaff, visit })
}

function rowsOf(view: View, plan: CohortPlan): { label: string; start: number }[] {
  const { unit, firstPeriod, cohorts } = plan
  return Array.from({ length: cohorts }, (_, row) => ({
    label: view.clock.labelOf(firstPeriod + row, unit),
    start: view.clock.periodStart(firstPeriod + row, unit),
  })).filter(({ start }) => start <= view.asOf)
}

function cellsOf(view: View, plan: CohortPlan, of: { row: number; counts: Counts }) {
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

/** The rows as the answer has them: each period of the range that has begun. */
export function rowsByDate(view: View, plan: CohortPlan, counts: Counts): object[] {
  return rowsOf(view, plan).map((row, index) => ({
    ...headingOf(row),
    ...cellsOf(view, plan, { row: index, counts }),
  }))
}

/**
 * The figure and place that a list is asked of, of those that the answer has; `size` is the cohort whatever the column.
 * Throws `invalid_params` naming the parameter at fault.
 */
export function askedByDate(
  view: View,
  plan: CohortPlan,
  { cell, start, value, k }: PeopleParams['cohorts'],
): { figure: string; index: number } {
  if (value !== undefined)
    throw new AppError('invalid_params', 'rows by date have a start', { field: 'value' })
  if (start === undefined) throw new AppError('invalid_params', 'start names the row', { field: 'start' })
  const row = pointNamed(rowsOf(view, plan), start)
  if (cell === 'size') return { figure: 'users', index: row * plan.periods }
  const begun = (column: number) =>
    view.clock.periodStart(plan.firstPeriod + row + column, plan.unit) <= view.asOf
  if (k === undefined || k >= plan.periods || !begun(k))
    throw new AppError('invalid_params', 'k names no cell of the row', { field: 'k' })
  return { figure: cell, index: row * plan.periods + k }
}

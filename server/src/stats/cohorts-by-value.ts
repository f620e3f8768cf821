import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import type { CohortPerson, CohortPlan } from './cohort-people.ts'
import type { PeopleParams } from './requests.ts'
import type { Counts, Tally } from './tally.ts'
import type { View } from './view.ts'

/** A value of people that makes a row; null is that of those who have none. */
export type CohortValue = string | null

/** Figures of a row are reported under its value, at the place of their column. */
const inRow = (figure: string, value: CohortValue) => `${figure} ${JSON.stringify(value)}`

/**
 * Reports a person in the row of their value: as one of its `people`, and in every column whose period, counted from
 * their own first one, has ended, as `size`, as `users` where active, as `payers` once they have paid.
 */
export function reportByValue(
  view: View,
  plan: CohortPlan,
  of: { person: CohortPerson; value: CohortValue; tally: Tally },
): void {
  const { person, value, tally } = of
  const { uid, row, active, payerFrom, net } = person
  tally.add(inRow('people', value), 0, uid)
  const endOf = (k: number) => view.clock.periodStart(plan.firstPeriod + row + k + 1, plan.unit)
  for (let k = 0; k < plan.periods && endOf(k) <= view.asOf; k++) {
    tally.add(inRow('size', value), k, uid)
    if (active.has(k)) tally.add(inRow('users', value), k, uid)
    if (k >= payerFrom) tally.add(inRow('payers', value), k, uid)
    const paid = net.reduce((sum, change) => (change.k <= k ? sum + change.amount : sum), 0)
    tally.add(inRow('net', value), k, uid, paid)
  }
}

function cellsOf(view: View, plan: CohortPlan, of: { value: CohortValue; counts: Counts }) {
  const { currency } = view.settings
  const cells = []
  for (let k = 0; k < plan.periods; k++) {
    const at = (figure: string) => of.counts.of(inRow(figure, of.value), k)
    const [size, users, payers] = [at('size'), at('users'), at('payers')]
    // Who has lived through a period has lived through those before it: no cell follows an empty one.
    if (size === 0) break
    const ltv = { amount: at('net') / size, currency }
    cells.push({
      users,
      size,
      rate: rate(users, size),
      ltv,
      payers,
      payerRate: rate(payers, size),
      complete: true,
    })
  }
  return cells
}

/** The rows as the answer has them: the value of most people first, that of people without one last. */
export function rowsByValue(
  view: View,
  plan: CohortPlan,
  of: { values: Iterable<CohortValue>; counts: Counts },
): object[] {
  const { values, counts } = of
  return [...values]
    .map((value) => ({
      value,
      size: counts.of(inRow('people', value), 0),
      cells: cellsOf(view, plan, { value, counts }),
    }))
    .sort(({ value: a, size: ofA }, { value: b, size: ofB }) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
      return ofB - ofA || (a < b ? -1 : 1)
    })
}

/**
 * The figure and place that a list is asked of; `size` without `k` is the whole row. A value that nobody has, has nobody.
 * Throws `invalid_params` naming the parameter at fault.
 */
export function askedByValue(
  plan: CohortPlan,
  { cell, start, value: named, k }: PeopleParams['cohorts'],
): { figure: string; index: number } {
  const value = named ?? null
  if (start !== undefined)
    throw new AppError('invalid_params', 'rows by value have no start', { field: 'start' })
  if (k === undefined && cell === 'size') return { figure: inRow('people', value), index: 0 }
  if (k === undefined || k >= plan.periods)
    throw new AppError('invalid_params', 'k names no cell of the row', { field: 'k' })
  return { figure: inRow(cell, value), index: k }
}

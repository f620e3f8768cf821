import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import {
  type CohortMembers,
  type CohortPayer,
  type CohortPlan,
  forEachActiveColumn,
  forEachPayer,
} from './cohort-people.ts'
import type { PeopleParams } from './requests.ts'
import type { Counts, RangeTally } from './tally.ts'
import type { View } from './view.ts'

/** A value of people that makes a row; null is that of those who have none. */
export type CohortValue = string | null

/** Figures of a row are reported under its value, at the place of their column. */
const inRow = (figure: string, value: CohortValue) => `${figure} ${JSON.stringify(value)}`

/** How many columns of each row have ended. */
function endedColumns(view: View, { unit, firstPeriod, cohorts, periods }: CohortPlan): number[] {
  const hasEnded = (period: number) => view.clock.periodStart(firstPeriod + period + 1, unit) <= view.asOf
  const ended = Array.from({ length: cohorts + periods - 1 }, (_, period) => hasEnded(period))
  return Array.from({ length: cohorts }, (_, row) => {
    const running = ended.indexOf(false, row)
    return Math.min(periods, (running < 0 ? ended.length : running) - row)
  })
}

/** The names of the figures of one row, made once. */
const namesIn = (value: CohortValue) => ({
  people: inRow('people', value),
  size: inRow('size', value),
  users: inRow('users', value),
  payers: inRow('payers', value),
  net: inRow('net', value),
})

/**
 * Reports each member in the row of their value: as one of its `people`, and in every column whose period, counted from
 * their own first one, has ended, as `size`, as `users` where active, as `payers` once they have paid.
 * @returns the values met
 */
export async function reportByValue(
  view: View,
  members: CohortMembers,
  of: {
    valueFor: (uid: number) => CohortValue
    includeStaff: boolean | undefined
    tally: RangeTally
  },
): Promise<Set<CohortValue>> {
  const { tally, includeStaff } = of
  const { rowOf, plan } = members
  const ended = endedColumns(view, plan)
  const endedFor = (uid: number) => ended[rowOf[uid] ?? -1] ?? 0
  const rows = new Map<CohortValue, ReturnType<typeof namesIn>>()
  const namesOf = new Array<ReturnType<typeof namesIn>>(rowOf.length)
  for (const uid of members.uids) {
    const value = of.valueFor(uid)
    const names = rows.get(value) ?? namesIn(value)
    rows.set(value, names)
    namesOf[uid] = names
    tally.add(names.people, 0, uid)
    tally.addRange(names.size, { first: 0, end: endedFor(uid) }, uid)
  }
  await forEachActiveColumn(view, members, (uid, k) => {
    const names = namesOf[uid]
    if (names && k < endedFor(uid)) tally.add(names.users, k, uid)
  })
  const visit = ({ uid, payerFrom, net }: CohortPayer) => {
    const names = namesOf[uid]
    if (!names) return
    for (let k = Math.min(payerFrom, ...net.map((change) => change.k)); k < endedFor(uid); k++) {
      if (k >= payerFrom) tally.add(names.payers, k, uid)
      const paid = net.reduce((sum, change) => (change.k <= k ? sum + change.amount : sum), 0)
      tally.add(names.net, k, uid, paid)
    }
  }
  await forEachPayer(view, members, { includeStaff, visit })
  return new Set(rows.keys())
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

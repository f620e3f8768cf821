/**
 * Which cohorts are looked at, and what makes a person one of them and retained. `firstPeriod` is the period index of
 * the first row; `cohorts` counts rows, `periods` columns, period 0 included.
 */
export type RetentionShape = {
  firstPeriod: number
  cohorts: number
  periods: number
  start: 'first_time' | 'recurring'
  mode: 'on' | 'on_or_after'
}

/**
 * The period indices in which a person did the start event and the return event; in any order, repeated or not. For
 * `first_time` the starts reach back to the person's first ever, for `on_or_after` the returns up to now.
 */
export type PersonPeriods = { starts: Iterable<number>; returns: Iterable<number> }

function cohortsOf(starts: Iterable<number>, { start, firstPeriod, cohorts }: RetentionShape): number[] {
  const distinct = [...new Set(starts)]
  const periods = start === 'recurring' || distinct.length < 2 ? distinct : [Math.min(...distinct)]
  return periods.filter((period) => period >= firstPeriod && period < firstPeriod + cohorts)
}

/**
 * Calls `emit` once for every cell that a person is counted in: `row` is the cohort, 0-based, `k` the periods since. This
 * is the plain rule for one person, rule 7 of `docs/api.md` §6; `RetentionCohorts` counts many at once by it.
 *
 * - `first_time`: the one cohort of the first start ever; in none where that lies outside the rows. `recurring`: every
 *   cohort in whose period the person started.
 * - In period 0 every member of the cohort is counted: nobody needs a return in it. In period k > 0 with `on` who returned
 *   in that very period, with `on_or_after` who returned in it or any later one.
 */
export function forEachCell(
  person: PersonPeriods,
  shape: RetentionShape,
  emit: (row: number, k: number) => void,
): void {
  const cohorts = cohortsOf(person.starts, shape)
  if (cohorts.length === 0) return
  const returns = new Set(person.returns)
  const lastReturn = [...returns].reduce((last, period) => Math.max(last, period), Number.NEGATIVE_INFINITY)
  for (const cohort of cohorts) {
    const row = cohort - shape.firstPeriod
    emit(row, 0)
    const lastColumn = Math.min(shape.periods - 1, lastReturn - cohort)
    for (let k = 1; k <= lastColumn; k++)
      if (shape.mode === 'on_or_after' || returns.has(cohort + k)) emit(row, k)
  }
}

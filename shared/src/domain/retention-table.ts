import type { Unit } from './civil.ts'
import { rate } from './numbers.ts'
import type { ZoneClock } from './zone-clock.ts'

/** `users` of the cell; `complete` when its period has ended, though `on_or_after` may still add to it. */
export type RetentionCell = { users: number; rate: number | null; complete: boolean }

/** A row of the table: its first local day or local hour, the instant (ms) it begins at, its size, and its cells. */
export type RetentionCohort = { start: string; startsAt: number; size: number; cells: RetentionCell[] }

/** A column over all rows whose cell there is complete: `size` is the sum of what their rates are divided by. */
export type RetentionColumn = { users: number; size: number; rate: number | null }

export type RetentionTable = { cohorts: RetentionCohort[]; overall: RetentionColumn[] }

/** How counts become a table: `reference` is what a cell is divided by, the cohort or the cell before it. */
export type RetentionLayout = {
  firstPeriod: number
  unit: Unit
  reference: 'cohort' | 'previous'
  clock: ZoneClock
  now: number
}

/** What the cell k of a row is divided by. */
function denominator(counts: readonly number[], k: number, reference: RetentionLayout['reference']): number {
  return counts[reference === 'previous' && k > 0 ? k - 1 : 0] ?? 0
}

/**
 * Lays counts of people, by row and column, out as the retention table. Rows and cells whose period has not begun at
 * `now` are left out; empty cohorts stay, with rates of null. `overall` has every column.
 */
export function retentionTable(
  counts: readonly (readonly number[])[],
  layout: RetentionLayout,
): RetentionTable {
  const { firstPeriod, unit, reference, clock, now } = layout
  const startOf = (period: number) => clock.periodStart(firstPeriod + period, unit)
  const cohorts = counts
    .map((row, c) => ({
      start: clock.labelOf(firstPeriod + c, unit),
      startsAt: startOf(c),
      size: row[0] ?? 0,
      cells: row
        .map((users, k) => ({
          users,
          rate: rate(users, denominator(row, k, reference)),
          complete: startOf(c + k + 1) <= now,
        }))
        .filter((_, k) => startOf(c + k) <= now),
    }))
    .filter(({ startsAt }) => startsAt <= now)
  const columns = Array.from({ length: counts[0]?.length ?? 0 }, (_, k) => k)
  return { cohorts, overall: columns.map((k) => pool(cohorts, k, reference)) }
}

function pool(
  cohorts: readonly RetentionCohort[],
  k: number,
  reference: RetentionLayout['reference'],
): RetentionColumn {
  const rows = cohorts
    .filter(({ cells }) => cells[k]?.complete)
    .map(({ cells }) => cells.map(({ users }) => users))
  const users = rows.reduce((sum, row) => sum + (row[k] ?? 0), 0)
  const size = rows.reduce((sum, row) => sum + denominator(row, k, reference), 0)
  return { users, size, rate: rate(users, size) }
}

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

/**
 * How counts become a table: `cohorts` rows from the period with the index `firstPeriod` on, and `periods` columns;
 * `reference` is what a cell is divided by, the cohort or the cell before it.
 */
export type RetentionLayout = {
  firstPeriod: number
  cohorts: number
  periods: number
  unit: Unit
  reference: 'cohort' | 'previous'
  clock: ZoneClock
  now: number
}

/** The people of a cell, by row and by periods since. */
export type CellCount = (row: number, k: number) => number

/** Which cell of its row the cell k is divided by. */
function baseOf(k: number, { reference }: RetentionLayout): number {
  return reference === 'previous' && k > 0 ? k - 1 : 0
}

/**
 * Lays counts of people out as the retention table. Rows and cells whose period has not begun at `now` are left out;
 * empty cohorts stay, with rates of null. `overall` has every column.
 */
export function retentionTable(countOf: CellCount, layout: RetentionLayout): RetentionTable {
  const { firstPeriod, cohorts, periods, unit, clock, now } = layout
  // Of every row and column together: the calendar is asked once for each period.
  const starts = Float64Array.from({ length: cohorts + periods }, (_, place) =>
    clock.periodStart(firstPeriod + place, unit),
  )
  const hasBegun = (place: number) => (starts[place] ?? Number.POSITIVE_INFINITY) <= now
  const places = Array.from({ length: periods }, (_, k) => k)
  const rows: RetentionCohort[] = []
  for (let row = 0; row < cohorts && hasBegun(row); row++) {
    const size = countOf(row, 0)
    const cells = places
      .filter((k) => hasBegun(row + k))
      .map((k) => {
        const users = countOf(row, k)
        const base = countOf(row, baseOf(k, layout))
        return { users, rate: rate(users, base), complete: hasBegun(row + k + 1) }
      })
    const start = clock.labelOf(firstPeriod + row, unit)
    rows.push({ start, startsAt: starts[row] ?? Number.NaN, size, cells })
  }
  return { cohorts: rows, overall: places.map((k) => pool(rows, k, layout)) }
}

/** Pools a column: the sum of its people by the sum of what they are divided by, over the rows where it is complete. */
function pool(rows: readonly RetentionCohort[], k: number, layout: RetentionLayout): RetentionColumn {
  let users = 0
  let size = 0
  for (const { cells } of rows) {
    const cell = cells[k]
    if (!cell?.complete) continue
    users += cell.users
    size += cells[baseOf(k, layout)]?.users ?? 0
  }
  return { users, size, rate: rate(users, size) }
}

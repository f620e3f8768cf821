import type { Unit } from '@botdeck/shared/domain/civil'
import { and, between, eq, lt, sql } from 'drizzle-orm'
import { type CohortUnit, cohortUnits } from '../rollup/cell-changes.ts'
import { staffFilter } from './person-rows.ts'
import type { View } from './view.ts'

export interface CohortWindow {
  unit: Unit
  firstPeriod: number
  cohorts: number
  periods: number
  includeStaff: boolean | undefined
}

const isKept = (unit: Unit): unit is CohortUnit => (cohortUnits as readonly Unit[]).includes(unit)

/**
 * People of the cohort of first activity `row` who were active `k` periods later, from cells. Null where no cells are
 * kept for the unit, or not with this week start.
 */
export async function readCohortCells(
  view: View,
  { unit, firstPeriod, cohorts, periods, includeStaff }: CohortWindow,
): Promise<((row: number, k: number) => number) | null> {
  if (!isKept(unit) || (unit === 'week' && !view.weeksFit)) return null
  const { cohortCells: cells } = view.db.t
  const rows = await view.db.orm
    .select({ cohort: cells.cohort, age: cells.age, people: sql<number>`sum(${cells.people})` })
    .from(cells)
    .where(
      and(
        eq(cells.unit, unit),
        between(cells.cohort, firstPeriod, firstPeriod + cohorts - 1),
        lt(cells.age, periods),
        staffFilter(view, 'cohortCells', includeStaff),
      ),
    )
    .groupBy(cells.cohort, cells.age)
  const counts = new Map(
    rows.map(({ cohort, age, people }) => [(cohort - firstPeriod) * periods + age, people]),
  )
  return (row, k) => counts.get(row * periods + k) ?? 0
}

import type { Unit } from '@botdeck/shared/domain/civil'
import { sql } from 'drizzle-orm'
import { type CohortUnit, cohortUnits } from '../rollup/cell-changes.ts'
import type { View } from './view.ts'

export interface CohortWindow {
  unit: Unit
  firstPeriod: number
  cohorts: number
  periods: number
  includeStaff: boolean | undefined
  /** The columns that are wanted; all where absent. */
  ages?: readonly number[]
}

const isKept = (unit: Unit): unit is CohortUnit => (cohortUnits as readonly Unit[]).includes(unit)

/**
 * People of the cohort of first activity `row` who were active `k` periods later, from cells. Null where no cells are
 * kept for the unit, or not with this week start.
 */
export async function readCohortCells(
  view: View,
  { unit, firstPeriod, cohorts, periods, includeStaff, ages }: CohortWindow,
): Promise<((row: number, k: number) => number) | null> {
  if (!isKept(unit) || (unit === 'week' && !view.weeksFit)) return null
  const rows = await view.db.all<{ cohort: number; age: number; people: number }>(sql`
    select cohort, age, people from cohort_cells
    where generation = ${view.generation} and unit = ${unit}
      and cohort between ${firstPeriod} and ${firstPeriod + cohorts - 1} and age < ${periods}
      ${ages ? sql`and age in ${ages}` : sql``} ${includeStaff ? sql`` : sql`and not staff`}`)
  const counts = new Int32Array(cohorts * periods)
  for (const { cohort, age, people } of rows) {
    const place = (cohort - firstPeriod) * periods + age
    counts[place] = (counts[place] ?? 0) + people
  }
  return (row, k) => counts[row * periods + k] ?? 0
}

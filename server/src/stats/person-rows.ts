import { and, eq, type SQL } from 'drizzle-orm'
import type { CellTable } from '../rollup/cell-rows.ts'
import type { View } from './view.ts'

/** Selects the cells that serve, of an audience: people alone, or staff as well. */
export function staffFilter(
  view: View,
  table: CellTable,
  includeStaff: boolean | undefined,
): SQL | undefined {
  const cells = view.db.t[table]
  return and(eq(cells.generation, view.generation), includeStaff ? undefined : eq(cells.staff, false))
}

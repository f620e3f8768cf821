import { and, eq, isNotNull, type SQL } from 'drizzle-orm'
import { type DayStretch, readActiveDays } from '../rollup/active-days.ts'
import type { CellTable } from '../rollup/cell-rows.ts'
import type { Audience } from './audience.ts'
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

/** The local days on which each counted person was active, ascending; all of them, or those of a stretch of days. */
export async function activeDaysOf(
  view: View,
  audience: Audience,
  stretch: DayStretch = {},
): Promise<Map<number, number[]>> {
  const people = new Map<number, number[]>()
  for await (const { day, uids } of readActiveDays(view, { ...stretch, includeStaff: true }))
    for (const uid of uids) {
      if (!audience.has(uid)) continue
      const days = people.get(uid)
      if (days) days.push(day)
      else people.set(uid, [day])
    }
  return people
}

/** When each counted person was first seen, in ms. */
export async function firstSeenOf(view: View, audience: Audience): Promise<{ uid: number; at: number }[]> {
  const { personStates } = view.db.t
  const rows = await view.db.orm
    .select({ uid: personStates.uid, at: personStates.firstSeenAt })
    .from(personStates)
    .where(isNotNull(personStates.firstSeenAt))
  return rows.flatMap(({ uid, at }) => (at !== null && audience.has(uid) ? [{ uid, at }] : []))
}

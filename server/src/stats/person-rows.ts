import { between, eq, isNotNull, type SQL } from 'drizzle-orm'
import type { Audience } from './audience.ts'
import type { View } from './view.ts'

/** Selects the audience of cells: people alone, or staff as well. */
export function staffFilter(
  view: View,
  table: 'dayCells' | 'typeCells' | 'quarterCells' | 'firstCells' | 'cohortCells',
  includeStaff: boolean | undefined,
): SQL | undefined {
  return includeStaff ? undefined : eq(view.db.t[table].staff, false)
}

/** The local days on which each counted person was active, ascending; all of them, or those of a stretch of days. */
export async function activeDaysOf(
  view: View,
  audience: Audience,
  stretch?: { first: number; last: number },
): Promise<Map<number, number[]>> {
  const { activeDays } = view.db.t
  const rows = await view.db.orm
    .select({ uid: activeDays.uid, day: activeDays.day })
    .from(activeDays)
    .where(stretch && between(activeDays.day, stretch.first, stretch.last))
    .orderBy(activeDays.day)
  const people = new Map<number, number[]>()
  for (const { uid, day } of rows) {
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

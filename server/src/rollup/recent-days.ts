import type { Queryable } from '@botdeck/shared/db/db'
import { noDay, type People } from './people.ts'
import { readActiveDays } from './read-active-days.ts'

/** Local days that a mask holds, the last active one included. */
export const recentDays = 64

/** The first day from which a mask tells of every day whether the person was active on it. */
export function knownFrom(people: People, uid: number): number {
  const from = Math.max(people.coveredFrom, (people.lastDay[uid] ?? noDay) - recentDays + 1)
  // Nothing happened before the first day.
  return (people.firstDay[uid] ?? noDay) >= from ? Number.NEGATIVE_INFINITY : from
}

/** Whether the person was active so many days before their last day; 0 to 63. */
function isSet(people: People, uid: number, back: number): boolean {
  const bits = (back < 32 ? people.recent[uid] : people.older[uid]) ?? 0
  return ((bits >>> (back & 31)) & 1) === 1
}

/** Whether the mask has a day, which must not lie after the last one. */
export function wasActive(people: People, uid: number, day: number): boolean {
  const back = (people.lastDay[uid] ?? noDay) - day
  return back < recentDays && isSet(people, uid, back)
}

/** The nearest active days on both sides of a day in the mask; null where there is none in it. */
export function neighbours(
  people: People,
  uid: number,
  day: number,
): { before: number | null; after: number | null } {
  const last = people.lastDay[uid] ?? noDay
  const back = last - day
  let before: number | null = null
  for (let k = back + 1; k < recentDays && before === null; k++) if (isSet(people, uid, k)) before = last - k
  let after: number | null = null
  for (let k = back - 1; k >= 0 && after === null; k--) if (isSet(people, uid, k)) after = last - k
  return { before, after }
}

/** Makes a later day the last one. */
export function moveLastDay(people: People, uid: number, day: number): void {
  const last = people.lastDay[uid] ?? noDay
  const by = last === noDay ? recentDays : day - last
  const recent = people.recent[uid] ?? 0
  const older = people.older[uid] ?? 0
  if (by < 32) {
    people.older[uid] = (older << by) | (recent >>> (32 - by))
    people.recent[uid] = (recent << by) | 1
  } else {
    people.older[uid] = by < recentDays ? recent << (by - 32) : 0
    people.recent[uid] = 1
  }
  people.lastDay[uid] = day
}

/** Notes an active day before the last one. */
export function addEarlierDay(people: People, uid: number, day: number): void {
  const back = (people.lastDay[uid] ?? noDay) - day
  if (back >= recentDays) return
  if (back < 32) people.recent[uid] = (people.recent[uid] ?? 0) | (1 << back)
  else people.older[uid] = (people.older[uid] ?? 0) | (1 << (back - 32))
}

/** Makes the mask that of these active days, in ascending order. */
export function setDays(people: People, uid: number, days: readonly number[]): void {
  people.recent[uid] = 0
  people.older[uid] = 0
  people.firstDay[uid] = days[0] ?? noDay
  people.lastDay[uid] = days.at(-1) ?? noDay
  for (const day of days) addEarlierDay(people, uid, day)
}

/** Fills the masks from the days of activity. */
export async function readRecentDays(db: Queryable, generation: number, people: People): Promise<void> {
  let last = noDay
  for (let uid = 0; uid < people.length; uid++) last = Math.max(last, people.lastDay[uid] ?? noDay)
  if (last === noDay) return
  const first = last - 2 * recentDays
  for await (const { day, uids } of readActiveDays({ db, generation }, { first, last, includeStaff: true }))
    for (const uid of uids) {
      const back = (people.lastDay[uid] ?? noDay) - day
      if (back >= 0) addEarlierDay(people, uid, day)
    }
  people.coveredFrom = first
}

import type { Db, Queryable } from '@botdeck/shared/db/db'
import { rowStatement } from '@botdeck/shared/db/statement'
import { neverSeen, segmentFlags } from '@botdeck/shared/domain/segment-flags'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { sql } from 'drizzle-orm'
import type { CellChanges } from './cell-changes.ts'
import { noDay, type People } from './people.ts'

interface Row {
  uid: number
  purchases: number
  generations: number
  credits: number | null
  blockedAt: number | null
  tier: string
}

function takeRow(people: People, row: Row): void {
  people.meet(row.uid)
  people.exists[row.uid] = 1
  people.flags[row.uid] = segmentFlags(row)
}

/** Reads what segments ask of everybody. */
export async function loadFlags(db: Db, people: People): Promise<void> {
  const query = sql`select uid, purchases, generations, credits, blocked_at as "blockedAt", tier from users`
  for await (const rows of db.scan<Row>(query)) for (const row of rows) takeRow(people, row)
}

const readRow = rowStatement<Row>(
  () => sql`select uid, purchases, generations, credits, blocked_at as "blockedAt", tier
    from users where uid = ${sql.placeholder('0')}`,
)

/** The same of some people, as they are now. */
export async function readFlags(db: Queryable, uids: Iterable<number>): Promise<Row[]> {
  const rows = await readRow(
    db,
    [...uids].map((uid) => [uid]),
  )
  return rows.filter((row) => row !== undefined)
}

/** Takes what was read of some people. */
export function setFlags(people: People, rows: readonly Row[]): void {
  for (const row of rows) takeRow(people, row)
}

/** Where a person is counted. */
export interface Segment {
  day: number
  flags: number
  staff: boolean
}

/** The cell that a person counts in; null for who is not among `users`. */
export function segmentOf(people: People, clock: ZoneClock, uid: number): Segment | null {
  if (people.exists[uid] !== 1) return null
  const lastDay = people.lastDay[uid] ?? noDay
  const seenAt = people.firstSeen[uid] ?? Number.POSITIVE_INFINITY
  const day = lastDay !== noDay ? lastDay : Number.isFinite(seenAt) ? clock.dayOf(seenAt) : neverSeen
  return { day, flags: people.flags[uid] ?? 0, staff: people.staff[uid] === 1 }
}

/** Moves a person from one cell to another. */
export function moveSegment(changes: CellChanges, from: Segment | null, to: Segment | null): void {
  if (from) changes.segment(from.day, from.flags, from.staff).people -= 1
  if (to) changes.segment(to.day, to.flags, to.staff).people += 1
}

/** Counts everybody. */
export function addSegments(people: People, clock: ZoneClock, changes: CellChanges): void {
  for (let uid = 0; uid < people.length; uid++) moveSegment(changes, null, segmentOf(people, clock, uid))
}

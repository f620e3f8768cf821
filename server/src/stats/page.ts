import { AppError } from '@botdeck/shared/contract/errors'
import type { UserPage } from '@botdeck/shared/contract/users'
import { sql } from 'drizzle-orm'
import { peopleTable } from '../people/people-table.ts'
import { slicesOf } from '../rollup/store.ts'
import { summariesOf } from '../users/summary.ts'
import type { View } from './view.ts'

interface Place {
  uid: number
  id: number | null
  lastActiveAt: number | null
}

const defaultLimit = 50

/** Latest activity first, who never acted last; then by Telegram id, the forgotten last. */
function compare(a: Place, b: Place): number {
  const earlier = (b.lastActiveAt ?? -1) - (a.lastActiveAt ?? -1)
  if (earlier !== 0) return earlier
  const none = Number.MAX_SAFE_INTEGER
  return (a.id ?? none) - (b.id ?? none) || a.uid - b.uid
}

function encode({ lastActiveAt, id, uid }: Place): string {
  return Buffer.from(JSON.stringify([lastActiveAt, id, uid])).toString('base64url')
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function decode(cursor: string): Place {
  const fault = new AppError('invalid_params', 'cursor is not one that a page gave', { field: 'cursor' })
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw fault
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw fault
  const [lastActiveAt, id, uid] = parts.map((part: unknown) => part)
  const fits = (part: unknown) => part === null || isWhole(part)
  if (!fits(lastActiveAt) || !fits(id) || !isWhole(uid)) throw fault
  return { lastActiveAt: isWhole(lastActiveAt) ? lastActiveAt : null, id: isWhole(id) ? id : null, uid }
}

/** Of so many people the places are read from rows; of more they are looked up among everybody's. */
const few = 2000

async function readPlaces(view: View, uids: ReadonlySet<number>): Promise<Place[]> {
  const places: Place[] = []
  for (const part of slicesOf(uids))
    places.push(
      ...(await view.db.all<Place>(sql`
        select u.uid, u.telegram_id as id, s.last_active_at as "lastActiveAt"
        from users u left join person_states s on s.uid = u.uid where u.uid in ${part}`)),
    )
  return places
}

async function lookUpPlaces(view: View, uids: ReadonlySet<number>): Promise<Place[]> {
  const table = await peopleTable(view, ['id', 'lastActiveAt'])
  const [ids, active] = [table.numbers('id'), table.numbers('lastActiveAt')]
  const known = (number: number) => (Number.isNaN(number) ? null : number)
  return Array.from(uids, (uid) => ({
    uid,
    id: known(ids.numberOf(uid)),
    lastActiveAt: known(active.numberOf(uid)),
  }))
}

/** The first places of a list, in its order. Only those that may be among them are compared. */
function firstOf(places: readonly Place[], count: number): Place[] {
  const activeAt = ({ lastActiveAt }: Place) => lastActiveAt ?? -1
  const latest = Float64Array.from(places, activeAt).sort()
  const limit = latest[Math.max(0, latest.length - count)] ?? -1
  return places
    .filter((place) => activeAt(place) >= limit)
    .sort(compare)
    .slice(0, count)
}

/**
 * A page of people, by last activity descending and then by id. Pages follow a key: who acts meanwhile moves to the
 * front and is not met again. `total` is everybody, on this page or not. Throws `invalid_params` for a made-up cursor.
 */
export async function pageOf(
  view: View,
  uids: ReadonlySet<number>,
  { limit = defaultLimit, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<UserPage> {
  const after = cursor === undefined ? null : decode(cursor)
  const all = uids.size <= few ? await readPlaces(view, uids) : await lookUpPlaces(view, uids)
  const rest = after === null ? all : all.filter((place) => compare(place, after) > 0)
  const places = firstOf(rest, limit)
  const last = places.at(-1)
  const users = await summariesOf(
    view.db,
    places.map(({ uid }) => uid),
  )
  return { total: uids.size, users, nextCursor: last && rest.length > limit ? encode(last) : null }
}

import { savedSegmentsOf } from '@botdeck/shared/actions/saved-segments'
import { readSettings } from '@botdeck/shared/actions/settings'
import { AppError } from '@botdeck/shared/contract/errors'
import type { listUsers, UserPage } from '@botdeck/shared/contract/users'
import type { Queryable } from '@botdeck/shared/db/db'
import { isSegmentName } from '@botdeck/shared/domain/segments'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import type { z } from '@hono/zod-openapi'
import { and, asc, count, desc, eq, type SQL, sql } from 'drizzle-orm'
import { PeopleFields } from '../people/people-fields.ts'
import { readRollupState } from '../rollup/store.ts'
import type { View } from '../stats/view.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { searchFilter } from './search.ts'
import { segmentFilter } from './segment-filter.ts'
import { summariesOf } from './summary.ts'

export type UsersQuery = z.output<typeof listUsers.request.query>

type Order = 'asc' | 'desc'

/** What a list is ordered by. Who has no value comes last either way. */
function sortKey({ t: { users, personStates } }: Queryable, sort: UsersQuery['sort'], order: Order): SQL {
  const columns = {
    lastActiveAt: personStates.lastActiveAt,
    firstSeenAt: personStates.firstSeenAt,
    purchases: users.purchases,
    generations: users.generations,
    credits: users.credits,
  }
  const missing = order === 'desc' ? -1 : Number.MAX_SAFE_INTEGER
  return sql`coalesce(${columns[sort ?? 'lastActiveAt']}, ${sql.raw(String(missing))})`
}

/** Settles ties: the Telegram id; who was forgotten has none and comes after everybody who has one. */
function idKey({ t: { users } }: Queryable): SQL {
  return sql`coalesce(${users.telegramId}, ${sql.raw(String(2 ** 52))} + ${users.uid})`
}

function after(db: Queryable, key: SQL, { order, cursor }: { order: Order; cursor: string | undefined }) {
  if (cursor === undefined) return undefined
  const last = readCursor(cursor)
  const beyond = order === 'desc' ? sql`${key} < ${last.key}` : sql`${key} > ${last.key}`
  return sql`(${beyond} or (${key} = ${last.key} and ${idKey(db)} > ${last.id}))`
}

/** The condition of a built-in segment; none for one that an admin saved, whose people are told apart afterwards. */
async function segmentOf(db: Queryable, segment: string | undefined, now: number): Promise<SQL | undefined> {
  if (segment === undefined || !isSegmentName(segment)) return undefined
  const { timezone, segments: thresholds } = await readSettings(db)
  const clock = zoneClock(timezone)
  return segmentFilter(db, segment, { clock, day: clock.dayOf(now), thresholds })
}

async function filterOf(db: Queryable, query: UsersQuery, now: number): Promise<SQL | undefined> {
  return and(
    query.includeStaff ? undefined : eq(db.t.users.staff, false),
    searchFilter(db, query.search),
    await segmentOf(db, query.segment, now),
  )
}

/** Everybody, from cells: those who came within the last second may be missing. Null before the first roll-up. */
async function countEverybody(db: Queryable, includeStaff: boolean | undefined): Promise<number | null> {
  const state = await readRollupState(db)
  if (!state) return null
  const [row] = await db.all<{ total: number | null }>(sql`
    select sum(people) as total from segment_cells
    where generation = ${state.generation} ${includeStaff ? sql`` : sql`and not staff`}`)
  return row?.total ?? 0
}

/** The people of a page who have been active, from the end of an index. */
function readLatest(db: Queryable, { limit, cursor, includeStaff }: UsersQuery & { limit: number }) {
  const last = cursor === undefined ? undefined : readCursor(cursor)
  const [key, id] = [sql`s.last_active_at`, sql`coalesce(u.telegram_id, ${sql.raw(String(2 ** 52))} + u.uid)`]
  const beyond = last
    ? sql`and ${key} <= ${last.key} and (${key} < ${last.key} or ${id} > ${last.id})`
    : sql``
  return db.all<{ uid: number; key: number; id: number }>(sql`
    select u.uid, ${key} as key, ${id} as id from person_states s join users u on u.uid = s.uid
    where ${key} is not null ${includeStaff ? sql`` : sql`and not u.staff`} ${beyond}
    order by ${key} desc, ${id} limit ${limit + 1}`)
}

/**
 * The list as it is opened: everybody, the latest active first, as `listPeople` has it, but fast enough for the thread that
 * serves people. Null where the page asks for more: a search, a segment, another order, or who was never active.
 */
export async function listLatest(
  db: Queryable,
  query: UsersQuery,
): Promise<z.output<typeof UserPage> | null> {
  const { search, segment, sort = 'lastActiveAt', order = 'desc', limit = 50, includeStaff } = query
  if ((search?.trim() ?? '') !== '' || segment !== undefined || sort !== 'lastActiveAt' || order !== 'desc')
    return null
  const total = await countEverybody(db, includeStaff)
  if (total === null) return null
  const rows = await readLatest(db, { ...query, limit })
  const last = rows[limit - 1]
  if (rows.length <= limit || !last) return null
  const uids = rows.slice(0, limit).map(({ uid }) => uid)
  return { total, users: await summariesOf(db, uids), nextCursor: writeCursor(last.key, last.id) }
}

interface Placed {
  uid: number
  key: number
  id: number
}

/** People who pass the filter in the order of the list; so many of those after the cursor where there is a limit. */
async function readPlaces(
  db: Queryable,
  query: UsersQuery,
  { filter, limit }: { filter: SQL | undefined; limit?: number },
): Promise<Placed[]> {
  const { users, personStates } = db.t
  const { order = 'desc', cursor } = query
  const key = sortKey(db, query.sort, order)
  const rows = db.orm
    .select({
      uid: users.uid,
      key: sql<number>`${key}`.mapWith(Number),
      id: sql<number>`${idKey(db)}`.mapWith(Number),
    })
    .from(users)
    .leftJoin(personStates, eq(personStates.uid, users.uid))
    .where(and(filter, after(db, key, { order, cursor: limit === undefined ? undefined : cursor })))
    .orderBy(order === 'desc' ? desc(key) : asc(key), asc(idKey(db)))
  return limit === undefined ? rows : rows.limit(limit)
}

async function countPlaces(db: Queryable, filter: SQL | undefined): Promise<number> {
  const { users, personStates } = db.t
  const [counted] = await db.orm
    .select({ total: count() })
    .from(users)
    .leftJoin(personStates, eq(personStates.uid, users.uid))
    .where(filter)
  return counted?.total ?? 0
}

/** The same for a segment that an admin saved: everybody is looked through. Throws `invalid_params` for one unknown. */
async function placesOfSaved(
  view: View,
  query: UsersQuery,
  { filter, limit }: { filter: SQL | undefined; limit: number },
): Promise<{ places: Placed[]; total: number }> {
  const { segment = '', cursor, order = 'desc' } = query
  const saved = await savedSegmentsOf(view.db)
  if (!saved.some(({ name }) => name === segment))
    throw new AppError('invalid_params', 'there is no such segment', { field: 'segment' })
  const condition = { scope: 'user', key: 'segment', op: 'eq', value: segment } as const
  const members = (await PeopleFields.open(view, [condition])).passing([condition])
  const all = (await readPlaces(view.db, query, { filter })).filter(({ uid }) => members[uid] === 1)
  const last = cursor === undefined ? undefined : readCursor(cursor)
  const beyond = ({ key, id }: Placed) =>
    last === undefined ||
    (order === 'desc' ? key < last.key : key > last.key) ||
    (key === last.key && id > last.id)
  return { places: all.filter(beyond).slice(0, limit), total: all.length }
}

/**
 * A page of people: staff left out unless asked for, searched, of one segment, ordered by a column (`lastActiveAt`,
 * latest first, unless said otherwise) and then by id. Pages follow the last row's key, so that who moves
 * meanwhile may be seen twice or not, but nobody else is. Throws `invalid_params` for a bad cursor or segment.
 */
export async function listPeople(
  view: View,
  query: UsersQuery,
  now: number,
): Promise<z.output<typeof UserPage>> {
  const { db } = view
  const { limit = 50, segment } = query
  const filter = await filterOf(db, query, now)
  const one = { filter, limit: limit + 1 }
  const { places, total } =
    segment === undefined || isSegmentName(segment)
      ? { places: await readPlaces(db, query, one), total: await countPlaces(db, filter) }
      : await placesOfSaved(view, query, one)
  const page = places.slice(0, limit)
  const last = places.length > limit ? page.at(-1) : undefined
  const shown = await summariesOf(
    db,
    page.map(({ uid }) => uid),
  )
  return { total, users: shown, nextCursor: last ? writeCursor(last.key, last.id) : null }
}

import type { Queryable, Tx } from '@botdeck/shared/db/db'
import { rowStatement, slots } from '@botdeck/shared/db/statement'
import type { Tables } from '@botdeck/shared/db/tables/all'
import { and, eq, max, sql } from 'drizzle-orm'
import type { People } from './people.ts'

export type RollupState = Tables['rollupState']['$inferSelect']

/** Rows of one statement; both engines take some 32,000 parameters. */
const slice = 500

export function* slicesOf<R>(rows: Iterable<R>, size = slice): Generator<R[]> {
  let part: R[] = []
  for (const row of rows) {
    part.push(row)
    if (part.length === size) {
      yield part
      part = []
    }
  }
  if (part.length > 0) yield part
}

const putState = rowStatement(
  () => sql`insert into person_states (uid, staff, first_seen_at, first_active_at, last_active_at)
    values (${slots(5)}) on conflict (uid) do update set staff = excluded.staff,
      first_seen_at = excluded.first_seen_at, first_active_at = excluded.first_active_at,
      last_active_at = excluded.last_active_at`,
)

/** Touches one index of the two. */
const putLastActive = rowStatement(
  () =>
    sql`update person_states set last_active_at = ${sql.placeholder('0')} where uid = ${sql.placeholder('1')}`,
)

/** Writes what is known of these people. */
export async function writePeople(tx: Tx, people: People, uids: Iterable<number>): Promise<void> {
  const rows: unknown[][] = []
  for (const uid of uids) {
    const { staff, firstSeenAt, firstActiveAt, lastActiveAt } = people.rowOf(uid)
    rows.push([uid, staff, firstSeenAt, firstActiveAt, lastActiveAt])
  }
  await putState(tx, rows)
}

/** Writes the last activity of people of whom nothing else changed. */
export async function writeLastActive(tx: Tx, people: People, uids: readonly number[]): Promise<void> {
  await putLastActive(
    tx,
    uids.map((uid) => [people.lastActive[uid], uid]),
  )
}

/** Forgets people without events. */
export async function dropPeople(tx: Tx, uids: readonly number[]): Promise<void> {
  const { personStates } = tx.t
  for (const uid of uids) await tx.orm.delete(personStates).where(eq(personStates.uid, uid))
}

/** The generation that serves and up to where it holds; undefined before the first one. */
export async function readRollupState(db: Queryable): Promise<RollupState | undefined> {
  const [state] = await db.orm.select().from(db.t.rollupState)
  return state
}

/**
 * Stands in `userChange` while person states are brought ahead of the generation that serves: its cells may be read, but
 * nobody may go on from them.
 */
export const mending = -1

/** The highest event id stored; 0 where there are no events. */
export async function latestEvent(db: Queryable): Promise<number> {
  const [row] = await db.orm.select({ id: max(db.t.events.id) }).from(db.t.events)
  return row?.id ?? 0
}

/**
 * Replaces the state by another one. Throws where another process moved it meanwhile, so that nothing is counted twice.
 */
export async function moveState(tx: Tx, from: RollupState, to: RollupState): Promise<void> {
  const { rollupState: s } = tx.t
  const { generation, watermark, userChange, flushedAt } = from
  const same = and(
    eq(s.generation, generation),
    eq(s.watermark, watermark),
    eq(s.userChange, userChange),
    eq(s.flushedAt, flushedAt),
  )
  const moved = await tx.orm.update(s).set(to).where(same).returning({ id: s.id })
  if (moved.length !== 1) throw new Error('another process moved the watermark of the roll-up')
}

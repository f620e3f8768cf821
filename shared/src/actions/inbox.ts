import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Db, Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'

export type InboxRow = Tables['inbox']['$inferSelect']

export interface NewUpdate {
  updateId: number
  /** The chat in whose order it waits; null where it belongs to none. */
  chatId: number | null
  update: unknown
}

/**
 * Stores updates before Telegram is told that we have them.
 * @returns the ids of those not seen before, in their order
 */
export async function receiveUpdates(db: Db, updates: NewUpdate[], now: number): Promise<number[]> {
  if (updates.length === 0) return []
  const fresh = await db.transaction(async (tx) => {
    const rows = updates.map((update) => ({ ...update, status: 'received' as const, receivedAt: now }))
    const inserted = await tx.orm
      .insert(tx.t.inbox)
      .values(rows)
      .onConflictDoNothing()
      .returning({ updateId: tx.t.inbox.updateId })
    return new Set(inserted.map((row) => row.updateId))
  })
  return updates.map((update) => update.updateId).filter((id) => fresh.has(id))
}

/** Updates whose answer Telegram has not taken yet, in their order: what a start of the bot resumes. */
export async function openUpdates(db: Queryable): Promise<InboxRow[]> {
  const { inbox } = db.t
  return db.orm
    .select()
    .from(inbox)
    .where(inArray(inbox.status, ['received', 'applied']))
    .orderBy(asc(inbox.updateId))
}

/**
 * Lets an update take effect once: `work` and the mark commit together. A second run returns what the first answered,
 * so that the answer can be given again. The result must survive JSON.
 */
export async function applyUpdate<T>(db: Db, updateId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const { inbox } = tx.t
    const [row] = await tx.orm.select().from(inbox).where(eq(inbox.updateId, updateId))
    if (!row) throw new Error(`update ${updateId} is not in the inbox`)
    // @NOTE What was stored is what the same code returned for this very update.
    if (row.status !== 'received') return row.result as T
    const result = await work(tx)
    await tx.orm
      .update(inbox)
      .set({ status: 'applied', result: result ?? null, error: null })
      .where(eq(inbox.updateId, updateId))
    return result
  })
}

/**
 * An update that only records and answers nobody: takes effect and is done at once. Several may share a transaction.
 * One that took effect before is left as it is.
 */
export async function recordUpdate(tx: Tx, updateId: number, work: () => Promise<void>): Promise<void> {
  const { inbox } = tx.t
  const [row] = await tx.orm.select().from(inbox).where(eq(inbox.updateId, updateId))
  if (row?.status === 'received') await work()
  await finishUpdate(tx, updateId)
}

/** Telegram took our answer: nothing of this update is to be done again. Runs in the transaction that logs the answer. */
export async function finishUpdate(tx: Tx, updateId: number): Promise<void> {
  await tx.orm.update(tx.t.inbox).set({ status: 'done' }).where(eq(tx.t.inbox.updateId, updateId))
}

/** Counts a failed run, for the health page. */
export async function failUpdate(tx: Tx, updateId: number, error: string): Promise<void> {
  const { inbox } = tx.t
  await tx.orm
    .update(inbox)
    .set({ attempts: sql`${inbox.attempts} + 1`, error })
    .where(eq(inbox.updateId, updateId))
}

/** Counts of updates by how far they are, and of those that failed at least once and are still open. */
export async function inboxBacklog(db: Queryable): Promise<{ open: number; failing: number }> {
  const { inbox } = db.t
  const [row] = await db.all<{ open: number; failing: number }>(sql`
    select cast(count(*) as integer) as open,
           cast(coalesce(sum(case when ${inbox.error} is not null then 1 else 0 end), 0) as integer) as failing
    from ${inbox} where ${inbox.status} <> 'done'`)
  return row ?? { open: 0, failing: 0 }
}

/** Removes what has been done for longer than Telegram could deliver it again. */
export async function pruneInbox(tx: Tx, before: number): Promise<void> {
  const { inbox } = tx.t
  await tx.orm.delete(inbox).where(and(lt(inbox.receivedAt, before), eq(inbox.status, 'done')))
}

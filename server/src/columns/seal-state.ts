import type { Db, Queryable, Tx } from '@botdeck/shared/db/db'
import { and, eq, gt, inArray, max } from 'drizzle-orm'

/** The highest id that columns hold; 0 before the first sealing. */
export async function readSealedId(db: Queryable): Promise<number> {
  const [state] = await db.orm.select().from(db.t.columnsState)
  return state?.sealedId ?? 0
}

const busy = 'another process seals events'

/**
 * Lets this transaction alone seal, until it ends, and moves the sealed id. Throws where that is no longer `sealed`,
 * because another process sealed meanwhile.
 */
export async function lockSealing(tx: Tx, sealed: number, to = sealed): Promise<void> {
  const { columnsState } = tx.t
  const moved = await tx.orm
    .update(columnsState)
    .set({ sealedId: to })
    .where(and(eq(columnsState.id, 1), eq(columnsState.sealedId, sealed)))
    .returning({ id: columnsState.id })
  if (moved.length !== 1) throw new Error(busy)
}

/** Chunks above `after` that wait for the sealed id to reach them: readers do not see them. */
async function waiting(db: Queryable, sealed: number, after: number): Promise<number[]> {
  const { eventChunks: chunks } = db.t
  const rows = await db.orm
    .select({ id: chunks.id })
    .from(chunks)
    .where(and(gt(chunks.id, after), gt(chunks.lastId, sealed)))
    .orderBy(chunks.id)
  return rows.map(({ id }) => id)
}

/** Throws where another process has put chunks above `after` that wait. */
export async function refuseForeign(tx: Tx, sealed: number, after: number): Promise<void> {
  if ((await waiting(tx, sealed, after)).length > 0) throw new Error(busy)
}

/** Deletes chunks with their codes; throws where one was gone already. */
export async function deleteChunks(tx: Tx, ids: readonly number[]): Promise<void> {
  const { eventChunks, chunkCodes } = tx.t
  await tx.orm.delete(chunkCodes).where(inArray(chunkCodes.chunk, [...ids]))
  const deleted = await tx.orm
    .delete(eventChunks)
    .where(inArray(eventChunks.id, [...ids]))
    .returning({ id: eventChunks.id })
  if (deleted.length !== ids.length) throw new Error(busy)
}

/** How long waiting chunks must lie unchanged before their writer counts as gone. */
const goneAfterMs = 60_000
const deletedAtOnce = 50

/** What a process knows of the columns of a database while it seals. */
export class Sealing {
  /** The highest id that columns hold. */
  sealed = 0
  /** No chunk up to this id waits to be sealed. */
  clearTo = 0
  /** The waiting chunks of another writer as they were first seen. */
  #foreign: { seenAt: number; last: number; count: number } | null = null
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /**
   * Finds out where sealing stands, and clears away what one that was broken off has left.
   * @returns false where another process seems to be sealing: its chunks wait, and changed within a minute
   */
  async open(db: Db): Promise<boolean> {
    const { columnsState } = db.t
    await db.transaction((tx) =>
      tx.orm.insert(columnsState).values({ id: 1, sealedId: 0 }).onConflictDoNothing(),
    )
    const sealed = await readSealedId(db)
    if (sealed !== this.sealed) this.clearTo = 0
    this.sealed = sealed
    const left = await waiting(db, sealed, this.clearTo)
    if (left.length > 0 && !this.#isGone(left)) return false
    await this.clear(db, left)
    return true
  }

  #isGone(left: readonly number[]): boolean {
    const now = this.#now()
    const last = left.at(-1) ?? 0
    const same = this.#foreign?.last === last && this.#foreign.count === left.length
    if (!same || !this.#foreign) this.#foreign = { seenAt: now, last, count: left.length }
    return now - this.#foreign.seenAt >= goneAfterMs
  }

  /** Deletes chunks that wait, in short transactions. */
  async clear(db: Db, left: readonly number[]): Promise<void> {
    for (let index = 0; index < left.length; index += deletedAtOnce)
      await db.transaction(async (tx) => {
        await lockSealing(tx, this.sealed)
        await deleteChunks(tx, left.slice(index, index + deletedAtOnce))
      })
    this.#foreign = null
    const { eventChunks } = db.t
    const [row] = await db.orm.select({ last: max(eventChunks.id) }).from(eventChunks)
    this.clearTo = row?.last ?? 0
  }

  /** Takes everything out of the columns at once; the chunks are deleted after it, in short transactions. */
  async reset(db: Db): Promise<void> {
    await db.transaction((tx) => lockSealing(tx, this.sealed, 0))
    this.sealed = 0
    await this.clear(db, await waiting(db, 0, 0))
  }
}

const sealings = new WeakMap<Db, Sealing>()

/** What this process knows of the columns of a database. */
export function sealingOf(db: Db): Sealing {
  const sealing = sealings.get(db) ?? new Sealing()
  sealings.set(db, sealing)
  return sealing
}

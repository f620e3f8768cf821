import { createHash, randomBytes } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { AppError } from '#contract/errors'
import type { Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'

export type IngestKey = Tables['ingestKeys']['$inferSelect']

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

/** Makes a key for a sender of events. The key itself is answered once and stored nowhere. */
export async function createIngestKey(tx: Tx, name: string, now: number): Promise<string> {
  const key = `bdk_${randomBytes(24).toString('base64url')}`
  await tx.orm.insert(tx.t.ingestKeys).values({ name, hash: hashOf(key), createdAt: now })
  return key
}

/** The key that a request carries; undefined for one unknown or revoked. */
export async function findIngestKey(db: Queryable, key: string): Promise<IngestKey | undefined> {
  const { ingestKeys } = db.t
  const [row] = await db.orm
    .select()
    .from(ingestKeys)
    .where(and(eq(ingestKeys.hash, hashOf(key)), isNull(ingestKeys.revokedAt)))
  return row
}

/** All keys, oldest first. */
export async function listIngestKeys(db: Queryable): Promise<IngestKey[]> {
  return db.orm.select().from(db.t.ingestKeys).orderBy(asc(db.t.ingestKeys.id))
}

/** Ends a key, by its number or name. Throws `not_found` where no open key answers to it. */
export async function revokeIngestKey(tx: Tx, which: string, now: number): Promise<number> {
  const { ingestKeys } = tx.t
  const open = (await listIngestKeys(tx)).filter((key) => key.revokedAt === null)
  const matching = open.filter((key) => String(key.id) === which || key.name === which)
  if (matching.length === 0) throw new AppError('not_found', `no open ingest key "${which}"`)
  for (const key of matching)
    await tx.orm.update(ingestKeys).set({ revokedAt: now }).where(eq(ingestKeys.id, key.id))
  return matching.length
}

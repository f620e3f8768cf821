import { sql } from 'drizzle-orm'
import type { Db } from '#db/db'

/** Changes that are kept for those who follow them: who is further behind reads everything anew. */
const keptChanges = 100_000
/** Rows of one transaction: it must not hold the write lock for long. */
const deletedAtOnce = 2000

/**
 * Deletes old rows of `user_changes` and `payment_changes` that the roll-up has taken. The latest row always stays, so
 * that numbers go on from it.
 * @returns how many were deleted
 */
export async function pruneChanges(db: Db, kept = keptChanges): Promise<number> {
  const [state] = await db.orm.select().from(db.t.rollupState)
  if (!state) return 0
  const users = await pruneTable(db, 'user_changes', { upTo: state.userChange, kept })
  return users + (await pruneTable(db, 'payment_changes', { upTo: state.paymentChange, kept }))
}

async function pruneTable(
  db: Db,
  name: 'user_changes' | 'payment_changes',
  { upTo, kept }: { upTo: number; kept: number },
): Promise<number> {
  const table = sql.identifier(name)
  const [row] = await db.all<{ last: number | null }>(sql`select max(id) as last from ${table}`)
  const limit = Math.min(upTo, (row?.last ?? 0) - Math.max(1, kept))
  for (let deleted = 0; ; ) {
    const rows = await db.transaction((tx) =>
      tx.all<{ id: number }>(sql`
        delete from ${table} where id in (
          select id from ${table} where id <= ${limit} order by id limit ${deletedAtOnce}) returning id`),
    )
    deleted += rows.length
    if (rows.length < deletedAtOnce) return deleted
  }
}

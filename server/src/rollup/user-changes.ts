import type { Queryable } from '@botdeck/shared/db/db'
import { max, sql } from 'drizzle-orm'

/** Changes of one flush. */
const changesAtOnce = 2000
/** Rows looked at again on PostgreSQL, where a lower number may be committed after a higher one. */
const overlap = 1000

/** The last change of a person that anybody made; 0 before the first. */
export async function latestUserChange(db: Queryable): Promise<number> {
  const [row] = await db.orm.select({ id: max(db.t.userChanges.id) }).from(db.t.userChanges)
  return row?.id ?? 0
}

/** Follows `user_changes`, and tells of each change once. */
export class UserChanges {
  readonly #seen = new Set<number>()

  /** People changed after a row, and the row up to which they were told of. */
  async after(db: Queryable, change: number): Promise<{ uids: Set<number>; change: number }> {
    const back = db.engine === 'postgres' ? overlap : 0
    const rows = await db.all<{ id: number; uid: number }>(
      sql`select id, uid from user_changes where id > ${change - back} order by id limit ${changesAtOnce + back}`,
    )
    const uids = new Set<number>()
    for (const { id, uid } of rows) if (!this.#seen.has(id)) uids.add(uid)
    if (back > 0) this.#remember(rows.map(({ id }) => id))
    return { uids, change: Math.max(change, rows.at(-1)?.id ?? 0) }
  }

  #remember(ids: readonly number[]): void {
    if (this.#seen.size > 10 * overlap) this.#seen.clear()
    for (const id of ids) this.#seen.add(id)
  }
}

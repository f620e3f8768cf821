import type { Queryable } from '@botdeck/shared/db/db'
import { max, sql } from 'drizzle-orm'

/** Tables that triggers write: a row for each change, with what was changed. */
export type ChangeTable = 'userChanges' | 'paymentChanges'

const changed = { userChanges: 'uid', paymentChanges: 'at' } as const

/** Changes of one flush. */
const changesAtOnce = 2000
/** Rows looked at again on PostgreSQL, where a lower number may be committed after a higher one. */
const overlap = 1000

/** The last change that anybody made; 0 before the first. */
export async function latestChange(db: Queryable, table: ChangeTable): Promise<number> {
  const [row] = await db.orm.select({ id: max(db.t[table].id) }).from(db.t[table])
  return row?.id ?? 0
}

/** Follows a table of changes, and tells of each change once. */
export class ChangeLog {
  readonly #table: ChangeTable
  readonly #seen = new Set<number>()

  constructor(table: ChangeTable) {
    this.#table = table
  }

  /** What was changed after a row (uids, or instants of payments), and the row up to which it was told. */
  async after(db: Queryable, change: number): Promise<{ changed: Set<number>; change: number }> {
    const back = db.engine === 'postgres' ? overlap : 0
    const what = sql.identifier(changed[this.#table])
    const rows = await db.all<{ id: number; changed: number }>(
      sql`select id, ${what} as changed from ${db.t[this.#table]} where id > ${change - back}
        order by id limit ${changesAtOnce + back}`,
    )
    const fresh = rows.filter(({ id }) => !this.#seen.has(id)).map((row) => row.changed)
    if (back > 0) this.#remember(rows.map(({ id }) => id))
    return { changed: new Set(fresh), change: Math.max(change, rows.at(-1)?.id ?? 0) }
  }

  #remember(ids: readonly number[]): void {
    if (this.#seen.size > 10 * overlap) this.#seen.clear()
    for (const id of ids) this.#seen.add(id)
  }
}

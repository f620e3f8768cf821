import { fillPlaceholders, type SQL } from 'drizzle-orm'
import type { Queryable } from './db.ts'
import type { Tables } from './tables/all.ts'

/**
 * A statement whose text is built once per engine: for the few that run for every event, where building the text costs
 * more than running it. Values go in by the names of `sql.placeholder`, encoded by their column where the placeholder
 * stands in `sql.param(placeholder, column)`.
 */
export function statement<Row, Values extends Record<string, unknown>>(build: (t: Tables) => SQL) {
  const built = new Map<Queryable['engine'], { sql: string; params: unknown[] }>()
  return async (db: Queryable, values: Values): Promise<Row[]> => {
    let query = built.get(db.engine)
    if (!query) {
      query = db.build(build(db.t))
      built.set(db.engine, query)
    }
    return db.execute<Row>(query.sql, fillPlaceholders(query.params, values))
  }
}

import { fillPlaceholders, type SQL, sql } from 'drizzle-orm'
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

/** Places for so many values of a `rowStatement`, with commas between. */
export function slots(count: number): SQL {
  return sql.join(
    Array.from({ length: count }, (_, index) => sql.placeholder(String(index))),
    sql`, `,
  )
}

/**
 * A statement that runs once for each of many rows of values, with one wait for all of them. Each value takes its place
 * among the `slots` as it is: a number, bigint, text, boolean, null or bytes.
 * @returns for each row the first row that it answered, if any
 */
export function rowStatement<Row = never>(build: (t: Tables) => SQL) {
  const texts = new Map<Queryable['engine'], string>()
  return async (db: Queryable, rows: readonly (readonly unknown[])[]): Promise<(Row | undefined)[]> => {
    if (rows.length === 0) return []
    let text = texts.get(db.engine)
    if (text === undefined) {
      text = db.build(build(db.t)).sql
      texts.set(db.engine, text)
    }
    return db.executeAll<Row>(text, rows)
  }
}

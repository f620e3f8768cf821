import { sql } from 'drizzle-orm'
import type { Queryable } from './db.ts'

/** Bytes that the database takes: SQLite's file without what waits in its log, PostgreSQL's database with its indexes. */
export async function databaseBytes(db: Queryable): Promise<number> {
  const [row] = await db.all<{ bytes: number }>(
    db.engine === 'sqlite'
      ? sql`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
      : sql`select pg_database_size(current_database()) as bytes`,
  )
  return row?.bytes ?? 0
}

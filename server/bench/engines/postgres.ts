import { openDb } from '@botdeck/shared/db/open'
import { sql } from 'drizzle-orm'
import type { SqlEngine } from './engine.ts'

/** PostgreSQL at an address. */
export function openPlainPostgres(url: string): SqlEngine {
  const db = openDb(url, { readonly: true })
  return {
    name: 'postgres',
    dialect: { div: '/', least: 'least', prop: (key) => `props::json->>'${key}'` },
    rows: async (text) => (await db.all<object>(sql.raw(text))).map((row) => Object.values(row)),
    close: () => db.close(),
  }
}

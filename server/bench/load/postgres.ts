import { chmodSync } from 'node:fs'
import { openDb } from '@botdeck/shared/db/open'
import { sql } from 'drizzle-orm'
import { csvFile } from './csv.ts'
import { createTable, eventIndexes, otherIndexes } from './tables.ts'

/** The same history in PostgreSQL, with the same indexes as plain SQLite has and its statistics gathered. */
export async function loadPostgres(url: string, csvFolder: string): Promise<void> {
  const db = openDb(url)
  const run = (text: string) => db.run(sql.raw(text))
  try {
    for (const table of ['users', 'payments', 'events'] as const) {
      const path = csvFile(csvFolder, table)
      // The server reads the file itself, as a user of its own.
      chmodSync(path, 0o644)
      await run(`drop table if exists ${table}`)
      await run(createTable(table, 'bigint'))
      await run(`copy ${table} from '${path}' (format csv)`)
    }
    await run('create unique index events_id on events (event_id)')
    for (const index of [...eventIndexes, ...otherIndexes]) await run(index)
    await run('vacuum analyze')
    await run('checkpoint')
  } finally {
    await db.close()
  }
}

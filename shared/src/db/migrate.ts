import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { AppError } from '../contract/errors.ts'
import type { Db, Queryable } from './db.ts'

const folder = (engine: Db['engine']) => fileURLToPath(new URL(`./migrations/${engine}`, import.meta.url))

async function appliedMigrations(db: Queryable): Promise<Set<string>> {
  await db.run(
    sql`create table if not exists applied_migrations (hash text primary key, applied_at bigint not null)`,
  )
  const rows = await db.all<{ hash: string }>(sql`select hash from applied_migrations`)
  return new Set(rows.map((row) => row.hash))
}

/**
 * Brings the database to the schema of this code: forward only, all in one transaction, safe to run twice and from two
 * processes at once. Throws `conflict` where the database is newer than the code.
 * @returns how many migrations were applied
 */
export async function migrate(db: Db, now: number): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder: folder(db.engine) })
  return db.transaction(async (tx) => {
    if (tx.engine === 'postgres')
      await tx.run(sql`select pg_advisory_xact_lock(hashtext('botdeck migrations'))`)
    const applied = await appliedMigrations(tx)
    const hashes = new Set(known.map((migration) => migration.hash))
    if ([...applied].some((hash) => !hashes.has(hash)))
      throw new AppError(
        'conflict',
        'The database is newer than this version of Botdeck: install the newer version, or restore a back-up',
      )
    const missing = known.filter((migration) => !applied.has(migration.hash))
    for (const migration of missing) {
      for (const statement of migration.sql) await tx.run(sql.raw(statement))
      await tx.run(sql`insert into applied_migrations (hash, applied_at) values (${migration.hash}, ${now})`)
    }
    return missing.length
  })
}

/** Whether every migration of this code is applied; for readiness. */
export async function isMigrated(db: Db): Promise<boolean> {
  const known = readMigrationFiles({ migrationsFolder: folder(db.engine) })
  const rows = await db.all<{ hash: string }>(sql`select hash from applied_migrations`)
  const applied = new Set(rows.map((row) => row.hash))
  return known.every((migration) => applied.has(migration.hash))
}

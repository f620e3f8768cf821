import { existsSync } from 'node:fs'
import { prepareTables } from '@botdeck/shared/actions/prepare'
import { type Environment, readEnvironment } from '@botdeck/shared/config/environment'
import type { Db, OpenOptions } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'

/** Adds what `.env` in the working directory says; variables that are set already hold. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}

/** The settings of this run; throws `invalid_params` with one line on the first that is wrong. */
export function settings(): Environment {
  return readEnvironment(process.env)
}

/** Opens the database, brings its tables up to date, and closes it whatever happens. */
export async function withDb<T>(
  work: (db: Db) => Promise<T>,
  url = settings().DATABASE_URL,
  options: OpenOptions = {},
): Promise<T> {
  const db = openDb(url, options)
  try {
    await prepareTables(db, Date.now())
    return await work(db)
  } finally {
    await db.close()
  }
}

/** A line for whoever asked; the log is for the processes. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

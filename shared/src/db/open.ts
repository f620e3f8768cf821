import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../contract/errors.ts'
import type { Db, OpenOptions } from './db.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens the database that `DATABASE_URL` names: `postgres://…`, or a SQLite file (`file:` or a plain path).
 * Relative paths start at the working directory. Throws `invalid_params` for any other scheme.
 */
export function openDb(url: string, options: OpenOptions = {}): Db {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, options)
  if (/^[a-z]{2,}:/i.test(url) && !url.startsWith('file:'))
    throw new AppError('invalid_params', 'DATABASE_URL is neither postgres://… nor a file', {
      field: 'DATABASE_URL',
    })
  if (url.startsWith('file:///')) return openSqlite(fileURLToPath(url), options)
  return openSqlite(resolve(url.replace(/^file:/, '')), options)
}

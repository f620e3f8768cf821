import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type { Kit } from './columns-sqlite.ts'

const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value) as unknown,
})

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' })

/**
 * The column types of PostgreSQL, typed as SQLite's.
 * @NOTE The cast is what lets one body of code serve both engines: it must always await and never call the
 * synchronous methods that only SQLite's builders have. The tests of both engines keep it honest.
 */
export const postgresKit = {
  table: pgTable,
  identity: () => bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  int: () => integer(),
  big: () => bigint({ mode: 'number' }),
  hash: () => bigint({ mode: 'bigint' }),
  text: () => text(),
  bool: () => boolean(),
  bytes: () => bytes(),
  json: <T>() => json().$type<T>(),
  check,
  index,
  primaryKey,
  unique,
} as unknown as Kit

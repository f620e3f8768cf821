import {
  blob,
  check,
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
} from 'drizzle-orm/sqlite-core'

/** 63-bit hashes exceed a JavaScript number: bound as BigInt, and never read back as a number. */
const hash = customType<{ data: bigint; driverData: bigint }>({ dataType: () => 'integer' })

/** JSON is text on both engines, so that both keep the order of keys and answer alike. */
const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value) as unknown,
})

/** The column types of SQLite. Tables are written once over a kit; `columns-postgres.ts` is the other. */
export const sqliteKit = {
  table: sqliteTable,
  /** A number that the database gives, ascending. */
  identity: () => integer().primaryKey(),
  int: () => integer(),
  /** Up to 2^53: instants in ms, Telegram ids, amounts. */
  big: () => integer(),
  hash: () => hash(),
  text: () => text(),
  bool: () => integer({ mode: 'boolean' }),
  bytes: () => blob({ mode: 'buffer' }).$type<Uint8Array>(),
  json: <T>() => json().$type<T>(),
  check,
  index,
  primaryKey,
  unique,
}

export type Kit = typeof sqliteKit

import { sql } from 'drizzle-orm'
import type { Kit } from '../columns-sqlite.ts'
import type { eventTypesTable } from './events.ts'

/*
 * Events once more, as columns: what scans read instead of rows. Derived from `events` alone; knows no local days.
 */

/** One row: columns hold the events up to `sealedId`; what came after is read from `events`. */
export function columnsStateTable(kit: Kit) {
  return kit.table('columns_state', { id: kit.int().primaryKey(), sealedId: kit.big().notNull() }, (t) => [
    kit.check('columns_state_single', sql`${t.id} = 1`),
  ])
}

/**
 * Events of one type on one UTC day, one entry of each column an event, in the order of time and id. A day and type may
 * have several chunks: late events append another, and small ones are merged.
 */
export function eventChunksTable(kit: Kit, types: ReturnType<typeof eventTypesTable>) {
  return kit.table(
    'event_chunks',
    {
      id: kit.identity(),
      /** UTC day number. */
      day: kit.int().notNull(),
      type: kit
        .int()
        .notNull()
        .references(() => types.id),
      events: kit.int().notNull(),
      firstId: kit.big().notNull(),
      lastId: kit.big().notNull(),
      /** Unsigned 32-bit numbers, little-endian: person. */
      uids: kit.bytes().notNull(),
      /** The same: ms of the UTC day. */
      times: kit.bytes().notNull(),
      /** One byte an event: whether it is activity. Null where `allActivity` says it of all. */
      activity: kit.bytes(),
      allActivity: kit.bool(),
      /** Unsigned 32-bit: id less `firstId`. */
      ids: kit.bytes().notNull(),
    },
    (t) => [
      kit.index('event_chunks_day').on(t.day, t.type),
      kit.index('event_chunks_type').on(t.type, t.day),
    ],
  )
}

/** The column of one property of a chunk: unsigned codes of `width` bytes, 0 for a missing value. */
export function chunkCodesTable(kit: Kit, chunks: ReturnType<typeof eventChunksTable>) {
  return kit.table(
    'chunk_codes',
    {
      chunk: kit
        .big()
        .notNull()
        .references(() => chunks.id),
      key: kit.text().notNull(),
      width: kit.int().notNull(),
      codes: kit.bytes().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.chunk, t.key] })],
  )
}

/**
 * The names of properties that events of a chunk carry and that no column of it holds: they are in rows alone. A chunk
 * without a row here may hold any. Apart from `event_chunks`, where they would lie behind the long columns.
 */
export function chunkKeysTable(kit: Kit, chunks: ReturnType<typeof eventChunksTable>) {
  return kit.table('chunk_keys', {
    chunk: kit
      .big()
      .primaryKey()
      .references(() => chunks.id, { onDelete: 'cascade' }),
    keys: kit.json<string[]>().notNull(),
  })
}

/** What codes stand for: each value of a property once, as its JSON text. */
export function propertyValuesTable(kit: Kit) {
  return kit.table('property_values', { code: kit.identity(), value: kit.text().notNull().unique() })
}

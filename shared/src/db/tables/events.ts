import { sql } from 'drizzle-orm'
import type { Kit } from '../columns-sqlite.ts'
import type { usersTable } from './people.ts'

type Users = ReturnType<typeof usersTable>

/** Names of event types; events hold the number. */
export function eventTypesTable(kit: Kit) {
  return kit.table('event_types', { id: kit.identity(), name: kit.text().notNull().unique() })
}

/**
 * What happened, append-only. `(uid, eventKey)` is unique: a repeated event adds nothing. Ids commit in ascending
 * order on both engines, so a reader that has seen id n will never meet a smaller one later.
 */
export function eventsTable(kit: Kit, users: Users, types: ReturnType<typeof eventTypesTable>) {
  return kit.table(
    'events',
    {
      id: kit.identity(),
      uid: kit
        .big()
        .notNull()
        .references(() => users.uid),
      /** First 63 bits of the SHA-256 of the event's id; null when it came without one. */
      eventKey: kit.hash(),
      type: kit
        .int()
        .notNull()
        .references(() => types.id),
      at: kit.big().notNull(),
      activity: kit.bool().notNull(),
      props: kit.json<Record<string, unknown>>(),
    },
    (t) => [kit.unique('events_key').on(t.uid, t.eventKey), kit.index('events_person').on(t.uid, t.at)],
  )
}

/**
 * Every update of Telegram, stored before Telegram is told that we have it.
 * `received` → `applied` (with all that it changed, in one transaction) → `done` (Telegram took our answer).
 */
export function inboxTable(kit: Kit) {
  return kit.table(
    'inbox',
    {
      updateId: kit.big().primaryKey(),
      chatId: kit.big(),
      status: kit.text().$type<'received' | 'applied' | 'done'>().notNull(),
      receivedAt: kit.big().notNull(),
      update: kit.json<unknown>().notNull(),
      /** What the actions answered the first time; a second run returns it instead of acting again. */
      result: kit.json<unknown>(),
      attempts: kit.int().notNull().default(0),
      error: kit.text(),
    },
    (t) => [
      kit.check('inbox_status', sql`${t.status} in ('received', 'applied', 'done')`),
      kit.index('inbox_open').on(t.status, t.updateId),
    ],
  )
}

/** The chat of a person with the bot, both ways. Events point here by `messageId`; text and pictures can be pruned. */
export function messagesTable(kit: Kit, users: Users) {
  return kit.table(
    'messages',
    {
      id: kit.identity(),
      uid: kit
        .big()
        .notNull()
        .references(() => users.uid),
      direction: kit.text().$type<'in' | 'out'>().notNull(),
      at: kit.big().notNull(),
      text: kit.text(),
      /** Telegram's id of the picture, from which it can be fetched again. */
      fileId: kit.text(),
    },
    (t) => [
      kit.check('messages_direction', sql`${t.direction} in ('in', 'out')`),
      kit.index('messages_person').on(t.uid, t.at),
    ],
  )
}

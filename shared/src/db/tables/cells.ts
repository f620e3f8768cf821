import { sql } from 'drizzle-orm'
import type { Kit } from '../columns-sqlite.ts'
import type { eventTypesTable } from './events.ts'
import type { usersTable } from './people.ts'

/*
 * What the roll-up keeps, derived from `events` and `users` alone. Cells belong to a generation: those of another calendar
 * are built beside the ones that serve, until `rollup_state` names them. Every cell carries its audience (`staff` or
 * people). A day is the integer day number of the reporting zone, a quarter the UTC quarter hour.
 */

/** One row: the generation that serves, up to which event it holds, and for which calendar it was made. */
export function rollupStateTable(kit: Kit) {
  return kit.table(
    'rollup_state',
    {
      id: kit.int().primaryKey(),
      generation: kit.int().notNull(),
      watermark: kit.big().notNull(),
      /** Segments follow changes of people up to this row of `user_changes`. */
      userChange: kit.big().notNull(),
      /** Money follows changes of payments up to this row of `payment_changes`. */
      paymentChange: kit.big().notNull().default(0),
      zone: kit.text().notNull(),
      weekStart: kit.text().$type<'monday' | 'sunday' | 'saturday'>().notNull(),
      flushedAt: kit.big().notNull(),
    },
    (t) => [kit.check('rollup_state_single', sql`${t.id} = 1`)],
  )
}

/** The numbers that generations were given: ascending, each once. */
export function cellGenerationsTable(kit: Kit) {
  return kit.table('cell_generations', { generation: kit.identity(), madeAt: kit.big().notNull() })
}

/** What is known of a person after their events so far, whatever the calendar. */
export function personStatesTable(kit: Kit, users: ReturnType<typeof usersTable>) {
  return kit.table(
    'person_states',
    {
      uid: kit
        .big()
        .primaryKey()
        .references(() => users.uid),
      staff: kit.bool().notNull(),
      firstSeenAt: kit.big(),
      firstActiveAt: kit.big(),
      lastActiveAt: kit.big(),
    },
    (t) => [
      kit.index('person_states_active').on(t.lastActiveAt, t.uid),
      kit.index('person_states_seen').on(t.firstSeenAt, t.uid),
    ],
  )
}

/**
 * Who was active on a local day: unsigned 32-bit uids, little-endian, in no order, each once. `version` is drawn anew
 * whenever they change; its index tells the versions of many days without reading their people.
 */
export function activeDaysTable(kit: Kit) {
  return kit.table(
    'active_days',
    {
      generation: kit.int().notNull(),
      day: kit.int().notNull(),
      staff: kit.bool().notNull(),
      uids: kit.bytes().notNull(),
      version: kit.big().notNull().default(0),
    },
    (t) => [
      kit.primaryKey({ columns: [t.generation, t.day, t.staff] }),
      kit.index('active_days_versions').on(t.generation, t.day, t.staff, t.version),
    ],
  )
}

/** A day: people active and new, and the differences whose running sums are WAU and MAU. */
export function dayCellsTable(kit: Kit) {
  return kit.table(
    'day_cells',
    {
      generation: kit.int().notNull(),
      day: kit.int().notNull(),
      staff: kit.bool().notNull(),
      active: kit.int().notNull(),
      newUsers: kit.int().notNull(),
      wauChange: kit.int().notNull(),
      mauChange: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.day, t.staff] })],
  )
}

/** Events of a type on a day. */
export function typeCellsTable(kit: Kit, types: ReturnType<typeof eventTypesTable>) {
  return kit.table(
    'type_cells',
    {
      generation: kit.int().notNull(),
      day: kit.int().notNull(),
      type: kit
        .int()
        .notNull()
        .references(() => types.id),
      staff: kit.bool().notNull(),
      events: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.day, t.type, t.staff] })],
  )
}

/** Events of a UTC quarter hour: any zone's hours are sums of these. */
export function quarterCellsTable(kit: Kit) {
  return kit.table(
    'quarter_cells',
    {
      generation: kit.int().notNull(),
      quarter: kit.int().notNull(),
      staff: kit.bool().notNull(),
      activity: kit.int().notNull(),
      succeeded: kit.int().notNull(),
      failed: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.quarter, t.staff] })],
  )
}

/** People whose first activity of a local day, and whose first event ever, fell into a quarter hour. */
export function firstCellsTable(kit: Kit) {
  return kit.table(
    'first_cells',
    {
      generation: kit.int().notNull(),
      day: kit.int().notNull(),
      quarter: kit.int().notNull(),
      staff: kit.bool().notNull(),
      active: kit.int().notNull(),
      newUsers: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.day, t.quarter, t.staff] })],
  )
}

/** People of the cohort that began in a period who were active `age` periods later. */
export function cohortCellsTable(kit: Kit) {
  return kit.table(
    'cohort_cells',
    {
      generation: kit.int().notNull(),
      unit: kit.text().$type<'day' | 'week' | 'month'>().notNull(),
      cohort: kit.int().notNull(),
      age: kit.int().notNull(),
      staff: kit.bool().notNull(),
      people: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.unit, t.cohort, t.age, t.staff] })],
  )
}

/**
 * Money of a day in one currency, in minor units: what payments of that day brought, and what went back on it. A payment
 * counts in its own currency and in each that it was valued in.
 */
export function moneyCellsTable(kit: Kit) {
  return kit.table(
    'money_cells',
    {
      generation: kit.int().notNull(),
      day: kit.int().notNull(),
      staff: kit.bool().notNull(),
      currency: kit.text().notNull(),
      gross: kit.big().notNull(),
      refunds: kit.big().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.day, t.staff, t.currency] })],
  )
}

/** Who paid on a local day, in whatever currency: arrays as in `active_days`. */
export function payerDaysTable(kit: Kit) {
  return kit.table(
    'payer_days',
    {
      generation: kit.int().notNull(),
      day: kit.int().notNull(),
      staff: kit.bool().notNull(),
      uids: kit.bytes().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.day, t.staff] })],
  )
}

/**
 * Everybody once, as they are now: by the local day of their last activity (of first seen for who never acted,
 * `neverSeen` for who has neither) and by their flags. `domain/segment-flags` says what the bits mean and counts segments.
 */
export function segmentCellsTable(kit: Kit) {
  return kit.table(
    'segment_cells',
    {
      generation: kit.int().notNull(),
      staff: kit.bool().notNull(),
      day: kit.int().notNull(),
      flags: kit.int().notNull(),
      people: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.generation, t.staff, t.day, t.flags] })],
  )
}

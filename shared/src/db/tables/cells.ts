import { sql } from 'drizzle-orm'
import type { Kit } from '../columns-sqlite.ts'
import type { eventTypesTable } from './events.ts'
import type { usersTable } from './people.ts'

/*
 * What the roll-up keeps: derived from `events` alone, emptied and replayed by `rebuild`. Every cell carries its
 * audience (`staff` or people). A day is the integer day number of the reporting zone, a quarter the UTC quarter hour.
 */

/** One row: up to which event the cells hold, and for which calendar they were made. */
export function rollupStateTable(kit: Kit) {
  return kit.table(
    'rollup_state',
    {
      id: kit.int().primaryKey(),
      watermark: kit.big().notNull(),
      zone: kit.text().notNull(),
      weekStart: kit.text().$type<'monday' | 'sunday' | 'saturday'>().notNull(),
      flushedAt: kit.big().notNull(),
    },
    (t) => [kit.check('rollup_state_single', sql`${t.id} = 1`)],
  )
}

/** What the fold must know of a person to take their next event. */
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
      /** Latest event folded, of any kind: an earlier one makes the person be folded anew. */
      lastAt: kit.big().notNull(),
    },
    (t) => [
      kit.index('person_states_active').on(t.lastActiveAt, t.uid),
      kit.index('person_states_seen').on(t.firstSeenAt, t.uid),
    ],
  )
}

/** Who was active on which local day, once each. */
export function activeDaysTable(kit: Kit) {
  return kit.table(
    'active_days',
    { day: kit.int().notNull(), uid: kit.big().notNull(), staff: kit.bool().notNull() },
    (t) => [kit.primaryKey({ columns: [t.day, t.uid] })],
  )
}

/** A day: people active and new, and the differences whose running sums are WAU and MAU. */
export function dayCellsTable(kit: Kit) {
  return kit.table(
    'day_cells',
    {
      day: kit.int().notNull(),
      staff: kit.bool().notNull(),
      active: kit.int().notNull(),
      newUsers: kit.int().notNull(),
      wauChange: kit.int().notNull(),
      mauChange: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.day, t.staff] })],
  )
}

/** Events of a type on a day. */
export function typeCellsTable(kit: Kit, types: ReturnType<typeof eventTypesTable>) {
  return kit.table(
    'type_cells',
    {
      day: kit.int().notNull(),
      type: kit
        .int()
        .notNull()
        .references(() => types.id),
      staff: kit.bool().notNull(),
      events: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.day, t.type, t.staff] })],
  )
}

/** Events of a UTC quarter hour: any zone's hours are sums of these. */
export function quarterCellsTable(kit: Kit) {
  return kit.table(
    'quarter_cells',
    {
      quarter: kit.int().notNull(),
      staff: kit.bool().notNull(),
      activity: kit.int().notNull(),
      succeeded: kit.int().notNull(),
      failed: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.quarter, t.staff] })],
  )
}

/** People whose first activity of a local day, and whose first event ever, fell into a quarter hour. */
export function firstCellsTable(kit: Kit) {
  return kit.table(
    'first_cells',
    {
      day: kit.int().notNull(),
      quarter: kit.int().notNull(),
      staff: kit.bool().notNull(),
      active: kit.int().notNull(),
      newUsers: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.day, t.quarter, t.staff] })],
  )
}

/** People of the cohort that began in a period who were active `age` periods later. */
export function cohortCellsTable(kit: Kit) {
  return kit.table(
    'cohort_cells',
    {
      unit: kit.text().$type<'day' | 'week' | 'month'>().notNull(),
      cohort: kit.int().notNull(),
      age: kit.int().notNull(),
      staff: kit.bool().notNull(),
      people: kit.int().notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.unit, t.cohort, t.age, t.staff] })],
  )
}

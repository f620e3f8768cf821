/*
 * The tables as one would first write them, for the engines beside ours: types as text, instants in ms, an index for
 * each question that is asked often.
 */

/** Columns by table; `integer` stands for the engine's 64-bit integer. */
export const tables = {
  users: `id integer primary key, created_at integer not null, last_active_at integer not null, language text,
    source text, tier text, plan text, variant text, credits integer, username text`,
  events: `id integer primary key, event_id text not null, user_id integer not null, type text not null,
    created_at integer not null, activity integer not null, props text`,
  payments: `id integer primary key, user_id integer not null, package_id text not null, status text not null,
    amount integer not null, currency text not null, invoiced_at integer not null, paid_at integer,
    refunded_at integer`,
}

export type TableName = keyof typeof tables

/** Where events are looked for: by person, by time and by type; each index covers what is counted. */
export const eventIndexes = [
  'create index events_user on events (user_id, created_at)',
  'create index events_time on events (created_at, user_id, activity)',
  'create index events_type on events (type, created_at, user_id)',
]

export const otherIndexes = [
  'create index users_created on users (created_at)',
  'create index users_active on users (last_active_at)',
  'create index payments_paid on payments (paid_at)',
  'create index payments_user on payments (user_id)',
]

/** The statement that makes a table, for an engine that calls 64-bit integers so. */
export function createTable(name: TableName, integer: string): string {
  return `create table ${name} (${tables[name].replace(/\binteger\b/g, integer)})`
}

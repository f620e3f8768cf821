import Database from 'better-sqlite3'
import { createTable, eventIndexes, otherIndexes } from './tables.ts'

/** How the rows of ours become those of the first draft, column by column. */
const copies = [
  `insert into users select u.uid, u.created_at, coalesce(a.at, u.created_at), u.language_code, u.source, u.tier,
     json_extract(u.props, '$.plan'), v.variant, u.credits, u.username
   from ours.users u
   left join (
     select e.uid, json_extract(e.props, '$.variant') as variant from ours.events e
     join ours.event_types t on t.id = e.type where t.name = 'experiment_exposed'
   ) v using (uid)
   left join (select uid, max(at) as at from ours.events where activity group by uid) a using (uid)`,
  `insert into payments select id, uid, package_id,
     case status when 'refunded' then 'refunded' when 'succeeded' then 'completed' else 'open' end, amount, currency,
     invoiced_at, succeeded_at, refunded_at from ours.payments`,
  `insert into events select e.id, 'u' || (700000000 + e.id) || ':' || t.name, e.uid, t.name, e.at, e.activity, e.props
   from ours.events e join ours.event_types t on t.id = e.type order by e.id`,
]

/** The same history in SQLite as one would first write it. Reads it from our database. */
export function loadPlainSqlite(path: string, ours: string): void {
  const file = new Database(path)
  for (const setting of [
    'journal_mode = WAL',
    'synchronous = OFF',
    'cache_size = -500000',
    'temp_store = MEMORY',
  ])
    file.pragma(setting)
  file.prepare('attach ? as ours').run(ours)
  for (const table of ['users', 'payments', 'events'] as const) file.exec(createTable(table, 'integer'))
  for (const copy of copies) file.exec(copy)
  file.exec('create unique index events_id on events (event_id)')
  for (const index of [...eventIndexes, ...otherIndexes]) file.exec(index)
  file.exec('detach ours')
  file.exec('analyze')
  file.pragma('wal_checkpoint(TRUNCATE)')
  file.close()
}

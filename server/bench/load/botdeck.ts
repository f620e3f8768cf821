import { prepareTables } from '@botdeck/shared/actions/prepare'
import { openDb } from '@botdeck/shared/db/open'
import Database from 'better-sqlite3'
import { effectCount, experiment, packages } from '../dataset/attributes.ts'
import { dayMs, lastDay } from '../dataset/calendar.ts'
import type { History } from '../dataset/history.ts'
import { kindIsActivity, kinds } from '../dataset/kinds.ts'
import { propertiesOf } from '../dataset/properties.ts'
import { insertPayments, insertPeople } from './botdeck-rows.ts'
import { eventKeyOf } from './event-keys.ts'

type OnProgress = (done: number, total: number) => void

/** Names what the history sells and offers, as ingest would: inactive, without a price. */
function insertCatalogue(file: Database.Database): void {
  const titles = (id: string) => JSON.stringify({ en: id, ru: id })
  const effect = file.prepare('insert or ignore into effects (id, titles) values (?, ?)')
  for (let number = 0; number < effectCount; number++) effect.run(`fx_${number}`, titles(`fx_${number}`))
  const offer = file.prepare('insert or ignore into packages (id, titles) values (?, ?)')
  for (const { id } of packages) offer.run(id, titles(id))
}

function insertExperiment(file: Database.Database): void {
  const since = (lastDay - experiment.days) * dayMs
  const variants = experiment.variants.map((name) => ({ name, share: 1, since }))
  file
    .prepare(
      `insert into experiments (key, name, variants, goal, goal_window, sample_size, started_at)
       values (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      experiment.key,
      'Onboarding',
      JSON.stringify(variants),
      JSON.stringify({ event: 'payment_completed' }),
      7 * dayMs,
      1000,
      since,
    )
}

/** The number of each kind in this database. */
function typeNumbers(file: Database.Database): number[] {
  const insert = file.prepare('insert or ignore into event_types (name) values (?)')
  const find = file.prepare<[string], number>('select id from event_types where name = ?').pluck()
  return kinds.map((kind) => {
    insert.run(kind)
    return find.get(kind) ?? 0
  })
}

function insertEvents(file: Database.Database, { events, invoices }: History, onProgress: OnProgress): void {
  const types = typeNumbers(file)
  const insert = file.prepare(
    'insert into events (id, uid, event_key, type, at, activity, props) values (?, ?, ?, ?, ?, ?, ?)',
  )
  for (let index = 0; index < events.count; index++) {
    const kind = events.kind[index] ?? 0
    const key = eventKeyOf(index + 1)
    const activity = kindIsActivity[kind] ? 1 : 0
    const props = propertiesOf(kind, events.detail[index] ?? 0, invoices)
    insert.run(index + 1, events.uid[index], key, types[kind], events.at[index], activity, props)
    if (index % 10_000 === 0) onProgress(index, events.count)
  }
}

/** Runs `work` without the indexes of a table: made afterwards, they take a tenth of the time. */
function withoutIndexes(file: Database.Database, table: string, work: () => void): void {
  const indexes = file
    .prepare<[string], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null`,
    )
    .all(table)
  for (const { name } of indexes) file.exec(`drop index ${name}`)
  work()
  for (const { sql } of indexes) file.exec(sql)
}

/**
 * A database of the product with the history in it: the same rows that `track` and the actions would have written, in
 * bulk. Cells and columns are left to the product's own `rebuild`.
 */
export async function loadBotdeck(path: string, history: History, onProgress: OnProgress): Promise<void> {
  const db = openDb(path, { sync: 'off' })
  await prepareTables(db, 0)
  await db.close()
  const file = new Database(path)
  for (const setting of ['synchronous = OFF', 'cache_size = -500000', 'temp_store = MEMORY'])
    file.pragma(setting)
  file.exec('begin')
  insertCatalogue(file)
  insertExperiment(file)
  insertPeople(file, history)
  insertPayments(file, history)
  withoutIndexes(file, 'events', () => insertEvents(file, history, onProgress))
  file.exec('commit')
  file.pragma('wal_checkpoint(TRUNCATE)')
  file.close()
}

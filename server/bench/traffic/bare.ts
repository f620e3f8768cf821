import { isActivity } from '@botdeck/shared/domain/tracking-plan'
import Database from 'better-sqlite3'
import { eventKeyOf } from '../load/event-keys.ts'
import type { Incoming } from './traffic.ts'

/** A row with its values at hand, so that nothing but the insert is timed. */
type Row = [uid: number, key: bigint, type: number, at: number, activity: number, props: string | null]

/** Inserts rows into a table like ours, with its indexes and as safely, and does nothing else. */
export function bareWriter(path: string): {
  prepare: (events: readonly Incoming[]) => Row[]
  write: (rows: readonly Row[]) => number
  close: () => void
} {
  const file = new Database(path)
  for (const setting of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'cache_size = -20000',
  ])
    file.pragma(setting)
  const numbers = new Map(file.prepare<[], [string, number]>('select name, id from event_types').raw().all())
  const insert = file.prepare(
    'insert into events (uid, event_key, type, at, activity, props) values (?, ?, ?, ?, ?, ?)',
  )
  let made = 1e9
  const write = file.transaction((rows: readonly Row[]) => {
    let last: number | bigint = 0
    for (const row of rows) last = insert.run(...row).lastInsertRowid
    return Number(last)
  })
  return {
    prepare: (events) =>
      events.map(({ uid, type, at, props }) => {
        made += 1
        const activity = isActivity(type, props ?? {}) ? 1 : 0
        const text = props === undefined ? null : JSON.stringify(props)
        return [uid, eventKeyOf(made), numbers.get(type) ?? 1, at, activity, text]
      }),
    write,
    close: () => file.close(),
  }
}

import type { Db, Queryable } from '@botdeck/shared/db/db'
import { sql } from 'drizzle-orm'
import { dayMs, numbersIn } from '../columns/event-chunk.ts'
import { readSealedId } from '../columns/seal-state.ts'
import type { DayEvents } from './day-pass.ts'

interface Row {
  uid: number
  at: number
  type: number
  activity: boolean | number
}

interface Gathered {
  uids: number[]
  times: number[]
  activity: number[]
}

/** Events after an id, up to another, by UTC day and type: for as many as memory holds well. */
async function gatherRows(
  db: Db,
  { after, upTo }: { after: number; upTo: number },
): Promise<Map<number, Map<number, Gathered>>> {
  const days = new Map<number, Map<number, Gathered>>()
  const query = sql`select uid, at, type, activity from events where id > ${after} and id <= ${upTo}`
  for await (const rows of db.scan<Row>(query))
    for (const { uid, at, type, activity } of rows) {
      const day = Math.floor(at / dayMs)
      const types = days.get(day) ?? new Map<number, Gathered>()
      days.set(day, types)
      const events = types.get(type) ?? { uids: [], times: [], activity: [] }
      types.set(type, events)
      events.uids.push(uid)
      events.times.push(at - day * dayMs)
      events.activity.push(Number(activity))
    }
  return days
}

function* eventsOf(day: number, types: ReadonlyMap<number, Gathered>): Generator<DayEvents> {
  for (const [type, { uids, times, activity }] of types)
    yield {
      day,
      type,
      uids: Uint32Array.from(uids),
      times: Uint32Array.from(times),
      activity: Uint8Array.from(activity),
    }
}

interface ChunkRow {
  day: number
  type: number
  uids: Uint8Array
  times: Uint8Array
  activity: Uint8Array | null
  allActivity: boolean | number | null
}

/** The chunks up to the sealed id, by UTC day: of their columns those alone that a pass looks at. */
async function* chunks(view: Queryable, sealed: number): AsyncGenerator<DayEvents> {
  const days = await view.all<{ day: number }>(
    sql`select distinct day from event_chunks where last_id <= ${sealed} order by day`,
  )
  for (const { day } of days) {
    const rows = await view.all<ChunkRow>(sql`
      select day, type, uids, times, activity, all_activity as "allActivity" from event_chunks
      where day = ${day} and last_id <= ${sealed} order by type, id`)
    for (const { type, uids, times, activity, allActivity } of rows)
      yield {
        day,
        type,
        uids: numbersIn(uids),
        times: numbersIn(times),
        activity: activity ?? Boolean(allActivity),
      }
  }
}

/**
 * All events up to an id, by UTC days in ascending order: those in columns and the rows after them. Columns must not reach
 * beyond the id. The database is one that nothing else is asked of meanwhile.
 */
export async function* everyDay(db: Db, view: Queryable, upTo: number): AsyncGenerator<DayEvents> {
  const sealed = await readSealedId(view)
  const rows = await gatherRows(db, { after: sealed, upTo })
  const left = [...rows.keys()].sort((a, b) => a - b)
  for await (const events of chunks(view, sealed)) {
    for (; left[0] !== undefined && left[0] <= events.day; left.shift())
      yield* eventsOf(left[0], rows.get(left[0]) ?? new Map())
    yield events
  }
  for (const day of left) yield* eventsOf(day, rows.get(day) ?? new Map())
}

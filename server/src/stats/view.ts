import { readSettings, type Settings } from '@botdeck/shared/actions/settings'
import { AppError } from '@botdeck/shared/contract/errors'
import type { Db, Queryable } from '@botdeck/shared/db/db'
import type { WeekStart } from '@botdeck/shared/domain/civil'
import { parseMoment, parseRange, type WrittenRange } from '@botdeck/shared/domain/range'
import { type ZoneClock, zoneClock } from '@botdeck/shared/domain/zone-clock'
import type { SQL } from 'drizzle-orm'
import { latestEvent, readRollupState } from '../rollup/store.ts'

/** One state of the database, and the point of the event log at which stats are evaluated on it. */
export interface View {
  db: Queryable
  /** Stands for the database: what is remembered from one question to the next is kept by it. */
  database: object
  /** Streams rows of `events`, which never change. */
  scan: Db['scan']
  /** Throws `timeout` when nobody waits for the answer any more; called before each piece of long work. */
  checkWanted: () => void
  /** Cells hold, and scans look at, the events up to this id. */
  watermark: number
  /** The generation of cells that serves. */
  generation: number
  /** Now, in ms, when the cells hold every event; else when they were last brought up to date. */
  asOf: number
  /** The zone of the cells, with the week start that was asked for. */
  clock: ZoneClock
  /** Whether weeks of cells begin on the day that was asked for. */
  weeksFit: boolean
  settings: Settings
}

/** How a view is asked for; `checkWanted` as in `View`. */
export interface Asked {
  now: number
  weekStart: WeekStart | undefined
  checkWanted?: () => void
}

async function* whileWanted<T>(batches: AsyncIterable<T>, checkWanted: () => void): AsyncGenerator<T> {
  for await (const batch of batches) {
    checkWanted()
    yield batch
  }
}

/** Asks nothing more when nobody waits for the answer. */
function asWanted(db: Queryable, checkWanted: () => void): Queryable {
  return {
    ...db,
    all<T>(query: SQL) {
      checkWanted()
      return db.all<T>(query)
    },
  }
}

/** Runs `work` on one view of the database. */
export function withView<T>(db: Db, asked: Asked, work: (view: View) => Promise<T>): Promise<T> {
  const { checkWanted = () => {} } = asked
  return db.snapshot(async (snapshot) => {
    const state = await readRollupState(snapshot)
    const settings = await readSettings(snapshot)
    const cells = state ?? {
      watermark: 0,
      generation: 0,
      flushedAt: asked.now,
      weekStart: settings.weekStart,
      zone: settings.timezone,
    }
    const behind = (await latestEvent(snapshot)) > cells.watermark
    const weekStart = asked.weekStart ?? cells.weekStart
    return work({
      db: asWanted(snapshot, checkWanted),
      database: db,
      scan: (query) => whileWanted(db.scan(query), checkWanted),
      checkWanted,
      watermark: cells.watermark,
      generation: cells.generation,
      asOf: behind ? cells.flushedAt : asked.now,
      clock: zoneClock(cells.zone, weekStart),
      weeksFit: weekStart === cells.weekStart,
      settings,
    })
  })
}

/** What every answer says of its view. */
export function answered({ asOf, clock }: View): { asOf: string; timezone: string } {
  return { asOf: new Date(asOf).toISOString(), timezone: clock.zone }
}

/** The range asked for. Throws `invalid_params` that names the end at fault. */
export function rangeOf({ clock }: View, asked: { from: string; to: string }): WrittenRange {
  const range = parseRange(asked, clock.zone)
  if ('fault' in range) throw new AppError('invalid_params', range.message, { field: range.fault })
  return range
}

/** The instant (ms) that a bound begins at. Throws `invalid_params` that names the field. */
export function instantOf({ clock }: View, text: string, field: string): number {
  const moment = parseMoment(text, clock.zone)
  if (!moment)
    throw new AppError('invalid_params', `${field} must be a day, a local time or an instant in ISO 8601`, {
      field,
    })
  return moment.start
}

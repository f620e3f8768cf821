import { findEventTypes } from '@botdeck/shared/actions/event-types'
import type { Db } from '@botdeck/shared/db/db'
import type { WeekStart } from '@botdeck/shared/domain/civil'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import { insertActiveDays } from './active-days.ts'
import { addCells, cellRowsOf } from './cell-rows.ts'
import { latestChange } from './change-log.ts'
import { everyDay } from './day-events.ts'
import { DayPass } from './day-pass.ts'
import { createEngine, type Engine } from './engine.ts'
import { tellingTypes } from './event-facts.ts'
import { copyFacts, readFacts } from './facts.ts'
import { newGeneration } from './generations.ts'
import { allMoneyDays, writeMoneyDays } from './money-days.ts'
import { People } from './people.ts'
import { addSegments, loadFlags } from './segments.ts'
import { slicesOf } from './store.ts'

/** Called now and then with how many of all events are done. */
export type OnProgress = (done: number, total: number) => void

export interface Calendar {
  zone: string
  weekStart: WeekStart
}

export interface Building {
  calendar: Calendar
  /** Holds the events up to this id. */
  upTo: number
  now: () => number
  /** The same database for reading alone, of which nobody else asks anything meanwhile. */
  reader: Db
  /** The generation that serves, which must be at `upTo`, if it can be trusted: tells what no calendar changes. */
  serving?: Engine | undefined
  /** Called every few milliseconds of work, with the write lock free: others may have their turn. */
  between?: (() => Promise<void>) | undefined
  onProgress?: OnProgress | undefined
}

/** Events between two calls of `between`: a few milliseconds. */
const eventsBetween = 100_000
/** Rows of one transaction: some milliseconds. */
const rowsAtOnce = 2500
const daysAtOnce = 8

async function passOver(
  db: Db,
  people: People,
  { calendar, upTo, reader, serving, between, onProgress }: Building,
): Promise<DayPass> {
  const types = await findEventTypes(db, ['generation_succeeded', 'generation_failed', ...tellingTypes])
  const pass = new DayPass(people, zoneClock(calendar.zone, calendar.weekStart), {
    succeeded: types.get('generation_succeeded'),
    failed: types.get('generation_failed'),
    knowsAll: serving !== undefined,
    unseen: new Set(tellingTypes.map((name) => types.get(name) ?? 0)),
  })
  let [done, told] = [0, 0]
  await reader.snapshot(async (view) => {
    for await (const events of everyDay(reader, view, upTo)) {
      pass.take(events)
      done += events.uids.length
      if (done - told < eventsBetween) continue
      told = done
      onProgress?.(done, upTo)
      await between?.()
    }
  })
  pass.finish()
  return pass
}

/** Writes the cells in slices. */
async function writeCells(
  db: Db,
  { generation, pass }: { generation: number; pass: DayPass },
  between: Building['between'],
): Promise<void> {
  for (const { table, rows } of cellRowsOf(pass.changes))
    for (const slice of slicesOf(rows, rowsAtOnce)) {
      await db.transaction((tx) => addCells(tx, generation, { table, rows: slice }))
      await between?.()
    }
  for (const days of slicesOf(pass.activeDays, daysAtOnce)) {
    await db.transaction((tx) => insertActiveDays(tx, generation, days))
    await between?.()
  }
}

/** What is known of people before the pass, and the changes that were made to what is read from other tables. */
async function startingPoint(db: Db, { serving, upTo }: Building) {
  const people = new People()
  if (serving) {
    copyFacts(serving.people, people)
    const { userChange, paymentChange } = serving.state
    return { people, userChange, paymentChange }
  }
  const userChange = await latestChange(db, 'userChanges')
  const paymentChange = await latestChange(db, 'paymentChanges')
  await loadFlags(db, people)
  await readFacts(db, people, upTo)
  return { people, userChange, paymentChange }
}

/**
 * Builds a generation beside the one that serves, from columns and the rows after them. Nothing reads it until `flip`;
 * until then `flushBeside` keeps it up to date.
 */
export async function buildGeneration(db: Db, building: Building): Promise<Engine> {
  const { calendar, upTo, now, between } = building
  const generation = await newGeneration(db, now())
  const { people, ...changes } = await startingPoint(db, building)
  const pass = await passOver(db, people, building)
  addSegments(people, zoneClock(calendar.zone, calendar.weekStart), pass.changes)
  await writeCells(db, { generation, pass }, between)
  const state = {
    id: 1,
    generation,
    watermark: upTo,
    ...changes,
    ...calendar,
    flushedAt: now(),
  }
  const engine = await createEngine(db, state, people)
  for (const days of slicesOf(await allMoneyDays(building.reader, engine.clock), daysAtOnce)) {
    await db.transaction((tx) => writeMoneyDays(tx, engine, days))
    await between?.()
  }
  return engine
}

import type { Db } from '@botdeck/shared/db/db'
import { type ZoneClock, zoneClock } from '@botdeck/shared/domain/zone-clock'
import { eq } from 'drizzle-orm'
import { CellChanges } from './cell-changes.ts'
import { ChangeLog } from './change-log.ts'
import { EventSource } from './event-source.ts'
import { type People, readPeople, setOuterDays } from './people.ts'
import { Periods } from './periods.ts'
import { readRecentDays } from './recent-days.ts'
import { addSegments, loadFlags } from './segments.ts'
import { mending, type RollupState, readRollupState } from './store.ts'

/**
 * A generation of cells as the process that maintains it holds it. After a failed flush what is in memory is ahead of what
 * is stored: the engine must then be opened again.
 */
export interface Engine {
  state: RollupState
  people: People
  clock: ZoneClock
  periods: Periods
  source: EventSource
  userChanges: ChangeLog
  paymentChanges: ChangeLog
  /** What the next flush adds beside what it finds. */
  pending: CellChanges
}

export async function createEngine(db: Db, state: RollupState, people: People): Promise<Engine> {
  const clock = zoneClock(state.zone, state.weekStart)
  return {
    state,
    people,
    clock,
    periods: new Periods(clock),
    source: await EventSource.open(db),
    userChanges: new ChangeLog('userChanges'),
    paymentChanges: new ChangeLog('paymentChanges'),
    pending: new CellChanges(),
  }
}

/**
 * What the stored segments differ by from everybody as they are now: what a person has in `users` may have changed while
 * nobody followed.
 */
async function segmentFaults(db: Db, { state, people, clock, pending }: Engine): Promise<void> {
  addSegments(people, clock, pending)
  const { segmentCells: cells } = db.t
  const stored = await db.orm.select().from(cells).where(eq(cells.generation, state.generation))
  for (const { day, flags, staff, people: count } of stored)
    pending.segment(day, flags, staff).people -= count
}

/** Opens the generation that serves; undefined where there is none that can be followed. */
export async function openEngine(db: Db): Promise<Engine | undefined> {
  const state = await readRollupState(db)
  if (!state || state.userChange === mending) return undefined
  const people = await readPeople(db)
  setOuterDays(people, zoneClock(state.zone, state.weekStart))
  await readRecentDays(db, state.generation, people)
  await loadFlags(db, people)
  const engine = await createEngine(db, state, people)
  await segmentFaults(db, engine)
  return engine
}

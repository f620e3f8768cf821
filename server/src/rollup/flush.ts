import type { Db, Queryable, Tx } from '@botdeck/shared/db/db'
import { changeActiveDays } from './active-days.ts'
import { CellChanges } from './cell-changes.ts'
import { addCells, cellRowsOf } from './cell-rows.ts'
import type { Engine } from './engine.ts'
import type { RollupEvent } from './fold.ts'
import { moneyDaysOf, writeMoneyDays } from './money-days.ts'
import { refoldMarked } from './refold.ts'
import { moveSegment, readFlags, type Segment, segmentOf, setFlags } from './segments.ts'
import { moveState, type RollupState, writeLastActive, writePeople } from './store.ts'
import { needOf, takeEvent } from './take-event.ts'

/** Events of one flush: of as many people among a million, more would hold the write lock too long. */
export const flushEvents = 1000

/** Of more people than `fewPeople` in a flush, so many folded anew cost more than a new generation. */
const refoldShare = 0.05
const fewPeople = 500

/** So many people are out of order that a new generation is the shorter way. The engine must be opened again. */
export class TooManyRefolds extends Error {
  constructor() {
    super('too many people to fold anew')
  }
}

/** A person as they were before the flush. */
interface Before {
  segment: Segment | null
  known: boolean
  staff: number | undefined
  firstSeen: number | undefined
  firstActive: number | undefined
  lastActive: number | undefined
}

/** What a flush found, and has taken into memory. */
interface Taken {
  state: RollupState
  before: ReadonlyMap<number, Before>
  events: number
}

function remember({ people, clock }: Engine, uid: number, before: Map<number, Before>): void {
  if (before.has(uid)) return
  before.set(uid, {
    segment: segmentOf(people, clock, uid),
    known: people.known[uid] === 1,
    staff: people.staff[uid],
    firstSeen: people.firstSeen[uid],
    firstActive: people.firstActive[uid],
    lastActive: people.lastActive[uid],
  })
}

/**
 * Takes events in the order of their ids.
 * @returns who must be folded anew, each with the id of their first event that was not taken
 */
async function takeEvents(
  db: Queryable,
  engine: Engine,
  events: readonly RollupEvent[],
): Promise<Map<number, number>> {
  const { people, clock, periods, source, pending: changes } = engine
  const to = { people, changes, clock, periods }
  const marked = new Map<number, number>()
  for (const event of events) {
    if (marked.has(event.uid)) continue
    const need = needOf(event, to)
    if (need === 'refold') marked.set(event.uid, event.id)
    else if (need === 'nothing') takeEvent(event, to)
    else takeEvent(event, to, await source.firstQuarter(db, event, clock))
  }
  return marked
}

async function takeUserChanges(db: Queryable, engine: Engine, before: Map<number, Before>): Promise<number> {
  const { people, state } = engine
  const { changed: uids, change } = await engine.userChanges.after(db, state.userChange)
  if (uids.size === 0) return change
  const rows = await readFlags(db, uids)
  for (const { uid } of rows) {
    people.meet(uid)
    remember(engine, uid, before)
  }
  setFlags(people, rows)
  return change
}

/** Notes the days whose money changed, or whose payers changed their audience. */
async function takePayments(
  db: Queryable,
  { state, paymentChanges, people, clock, pending }: Engine,
  before: ReadonlyMap<number, Before>,
): Promise<number> {
  const { changed: instants, change } = await paymentChanges.after(db, state.paymentChange)
  for (const at of instants) pending.moneyDays.add(clock.dayOf(at))
  const moved = [...before.keys()].filter((uid) => before.get(uid)?.staff !== people.staff[uid])
  for (const day of await moneyDaysOf(db, moved, clock)) pending.moneyDays.add(day)
  return change
}

interface Limits {
  now: () => number
  /** The highest id to take. */
  upTo?: number
  /** Whether to throw `TooManyRefolds`. */
  mayGiveUp?: boolean
}

/** Takes what is new into memory: cell changes wait in `engine.pending`. */
async function take(
  db: Queryable,
  engine: Engine,
  { now, upTo = Number.MAX_SAFE_INTEGER, mayGiveUp = false }: Limits,
): Promise<Taken> {
  const { state, people, clock, source, pending } = engine
  const before = new Map<number, Before>()
  const events = await source.after(db, state.watermark, { limit: flushEvents, upTo })
  for (const { uid } of events) {
    people.meet(uid)
    remember(engine, uid, before)
  }
  const watermark = events.at(-1)?.id ?? state.watermark
  const marked = await takeEvents(db, engine, events)
  if (mayGiveUp && before.size > fewPeople && marked.size > before.size * refoldShare)
    throw new TooManyRefolds()
  await refoldMarked(db, engine, { marked, upTo: watermark })
  const userChange = await takeUserChanges(db, engine, before)
  const paymentChange = await takePayments(db, engine, before)
  for (const [uid, { segment }] of before) moveSegment(pending, segment, segmentOf(people, clock, uid))
  return {
    state: { ...state, watermark, userChange, paymentChange, flushedAt: now() },
    before,
    events: events.length,
  }
}

/** Adds what waits to the stored cells. */
async function addPending(tx: Tx, engine: Engine): Promise<void> {
  const { state, pending } = engine
  for (const cells of cellRowsOf(pending)) await addCells(tx, state.generation, cells)
  await changeActiveDays(tx, state.generation, pending)
  await writeMoneyDays(tx, engine, pending.moneyDays)
}

async function writeChanged(tx: Tx, { people }: Engine, before: Taken['before']): Promise<void> {
  const wholly: number[] = []
  const lastAlone: number[] = []
  for (const [uid, was] of before) {
    if (people.known[uid] !== 1) continue
    const same =
      was.known &&
      was.staff === people.staff[uid] &&
      was.firstSeen === people.firstSeen[uid] &&
      was.firstActive === people.firstActive[uid]
    if (!same) wholly.push(uid)
    else if (was.lastActive !== people.lastActive[uid]) lastAlone.push(uid)
  }
  await writePeople(tx, people, wholly)
  await writeLastActive(tx, people, lastAlone)
}

/** Whether a flush without events has anything to write. */
function movesOn({ state, pending }: Engine, to: RollupState): boolean {
  return (
    to.userChange !== state.userChange ||
    to.paymentChange !== state.paymentChange ||
    pending.moneyDays.size > 0 ||
    [...pending.segments.values()].some(({ people }) => people !== 0)
  )
}

/**
 * Takes the next events, and changes of people and payments, into the cells of the generation that serves. Cells, person states and
 * watermark commit together. Throws where another process moved the watermark, and `TooManyRefolds`; after any failure
 * the engine must be opened again.
 * @returns how many events were taken; fewer than `flushEvents` means that it has caught up
 */
export async function flush(
  db: Db,
  engine: Engine,
  limits: { now: () => number; mayGiveUp?: boolean },
): Promise<number> {
  const taken = await take(db, engine, limits)
  const { state, before, events } = taken
  if (before.size === 0 && !movesOn(engine, state)) return 0
  await db.transaction(async (tx) => {
    await moveState(tx, engine.state, state)
    await addPending(tx, engine)
    await writeChanged(tx, engine, before)
  })
  engine.pending = new CellChanges()
  engine.state = state
  return events
}

/**
 * Takes the next events, up to an id, into the cells of a generation that does not serve yet. Person states stay those
 * of the one that does.
 * @param db where the events are read
 * @param write runs what writes them, in a transaction
 * @returns how many events were taken
 */
export async function flushBeside(
  db: Queryable,
  engine: Engine,
  {
    write,
    ...limits
  }: { now: () => number; upTo: number; write: (work: (tx: Tx) => Promise<void>) => Promise<void> },
): Promise<number> {
  const { state, events } = await take(db, engine, limits)
  await write((tx) => addPending(tx, engine))
  engine.pending = new CellChanges()
  engine.state = state
  return events
}

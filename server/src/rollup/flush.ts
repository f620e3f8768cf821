import type { Db } from '@botdeck/shared/db/db'
import { type ZoneClock, zoneClock } from '@botdeck/shared/domain/zone-clock'
import { CellChanges } from './cell-changes.ts'
import type { EventSource } from './event-source.ts'
import {
  audienceOf,
  contributionOf,
  foldEvent,
  newState,
  type PersonState,
  type RollupEvent,
} from './fold.ts'
import { addChanges, moveWatermark, type RollupState, readStates, writeStates } from './store.ts'

/** Events of one flush: more would hold the write lock too long. */
export const flushEvents = 2000

interface Batch {
  changes: CellChanges
  clock: ZoneClock
  states: Map<number, PersonState>
}

function byPerson(events: readonly RollupEvent[]): Map<number, RollupEvent[]> {
  const people = new Map<number, RollupEvent[]>()
  for (const event of events) {
    const own = people.get(event.uid)
    if (own) own.push(event)
    else people.set(event.uid, [event])
  }
  return people
}

/** Whether every event follows the one before in time, and none moves the person to another audience. */
function followsOn(state: PersonState, events: readonly RollupEvent[]): boolean {
  let { lastAt } = state
  return events.every(({ at, audience }) => {
    const inOrder = at >= lastAt && audience === null
    lastAt = at
    return inOrder
  })
}

/** Takes back what a person had added, and adds all their events anew. */
function refold(uid: number, events: readonly RollupEvent[], batch: Batch & { watermark: number }): void {
  const { changes, clock, states, watermark } = batch
  const before = states.get(uid)
  const known = events.filter(({ id }) => id <= watermark)
  if (before) contributionOf(known, before.staff, { uid, clock, changes, sign: -1 })
  const after = contributionOf(events, audienceOf(events), { uid, clock, changes, sign: 1 })
  if (after) states.set(uid, after)
}

/**
 * Takes the next events into the cells. Events in the order of time continue from the person's stored state; a person
 * with an event out of order or with a change of audience is folded anew. Cells, states and watermark commit together.
 * @returns the state after it and how many events were taken; fewer than `flushEvents` means that it has caught up
 */
export async function flush(
  db: Db,
  state: RollupState,
  { source, now }: { source: EventSource; now: () => number },
): Promise<{ state: RollupState; events: number }> {
  const events = await source.after(db, state.watermark, flushEvents)
  const last = events.at(-1)
  if (!last) return { state, events: 0 }
  const people = byPerson(events)
  const states = await readStates(db, [...people.keys()])
  const batch: Batch = { changes: new CellChanges(), clock: zoneClock(state.zone, state.weekStart), states }
  const marked: number[] = []
  for (const [uid, own] of people) {
    const before = states.get(uid) ?? newState(false)
    if (!followsOn(before, own)) {
      marked.push(uid)
      continue
    }
    const to = { uid, clock: batch.clock, changes: batch.changes, sign: 1 as const }
    states.set(
      uid,
      own.reduce((person, event) => foldEvent(person, event, to), before),
    )
  }
  for (const [uid, whole] of await source.of(db, marked, last.id))
    refold(uid, whole, { ...batch, watermark: state.watermark })
  const moved = await db.transaction(async (tx) => {
    const next = await moveWatermark(tx, state, { watermark: last.id, flushedAt: now() })
    await addChanges(tx, batch.changes)
    await writeStates(tx, states)
    return next
  })
  return { state: moved, events: events.length }
}

import { readSettings } from '@botdeck/shared/actions/settings'
import type { Db, Queryable, Tx } from '@botdeck/shared/db/db'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import { count, lte, max } from 'drizzle-orm'
import { CellChanges } from './cell-changes.ts'
import { EventSource } from './event-source.ts'
import { audienceOf, contributionOf, type PersonState } from './fold.ts'
import { addChanges, type RollupState, writeStates } from './store.ts'

/** Called now and then with how many of all events are done. */
export type OnProgress = (done: number, total: number) => void

/** The highest event id stored; 0 where there are no events. */
export async function latestEvent(db: Queryable): Promise<number> {
  const [row] = await db.orm.select({ id: max(db.t.events.id) }).from(db.t.events)
  return row?.id ?? 0
}

/** All events up to a watermark as cells and states, from nothing. */
export async function replay(
  db: Db,
  at: Pick<RollupState, 'watermark' | 'zone' | 'weekStart'>,
  onProgress: OnProgress = () => {},
): Promise<{ changes: CellChanges; states: Map<number, PersonState> }> {
  const source = await EventSource.open(db)
  const clock = zoneClock(at.zone, at.weekStart)
  const changes = new CellChanges()
  const states = new Map<number, PersonState>()
  const { events } = db.t
  const [row] = await db.orm.select({ total: count() }).from(events).where(lte(events.id, at.watermark))
  const total = row?.total ?? 0
  let done = 0
  for await (const person of source.everybody(db, at.watermark)) {
    const uid = person[0]?.uid
    if (uid === undefined) continue
    const state = contributionOf(person, audienceOf(person), { uid, clock, changes, sign: 1 })
    if (state) states.set(uid, state)
    done += person.length
    onProgress(done, total)
  }
  return { changes, states }
}

async function empty(tx: Tx): Promise<void> {
  const { t } = tx
  const derived = [t.activeDays, t.dayCells, t.typeCells, t.quarterCells, t.firstCells, t.cohortCells]
  for (const table of [...derived, t.personStates, t.rollupState]) await tx.orm.delete(table)
}

/**
 * Empties everything derived from events and replays them, for the calendar of the settings. Safe while a roll-up
 * follows: it notices that the watermark moved, and goes on from there.
 */
export async function rebuild(
  db: Db,
  { now, onProgress }: { now: () => number; onProgress?: OnProgress | undefined },
): Promise<RollupState> {
  const { timezone, weekStart } = await readSettings(db)
  const to = { watermark: await latestEvent(db), zone: timezone, weekStart }
  const { changes, states } = await replay(db, to, onProgress)
  return db.transaction(async (tx) => {
    await empty(tx)
    await addChanges(tx, changes)
    await writeStates(tx, states)
    const state = { id: 1, ...to, flushedAt: now() }
    await tx.orm.insert(tx.t.rollupState).values(state)
    return state
  })
}

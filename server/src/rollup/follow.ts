import { setTimeout as wait } from 'node:timers/promises'
import { readSettings } from '@botdeck/shared/actions/settings'
import type { Db, Lease } from '@botdeck/shared/db/db'
import { EventSource } from './event-source.ts'
import { flush, flushEvents } from './flush.ts'
import { rebuild } from './rebuild.ts'
import { type RollupState, readRollupState } from './store.ts'

/** How often new events are looked for; with the flush itself, cells are well under a second behind. */
const pollMs = 200
/** How often another process that leads is asked whether it still does. */
const leadMs = 2000
const checkpointMs = 2000

/** What the roll-up tells of itself. */
export type RollupReport =
  | { kind: 'caughtUp'; at: number; watermark: number }
  | { kind: 'waiting'; at: number }
  | { kind: 'rebuilding'; at: number }
  | { kind: 'failed'; error: unknown }

export interface Follower {
  db: Db
  now: () => number
  signal: AbortSignal
  report: (report: RollupReport) => void
}

/** Waits, but not beyond the end. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {})
}

async function takeLead({ db, now, signal, report }: Follower): Promise<Lease | null> {
  while (!signal.aborted) {
    const lease = await db.lead('roll-up')
    if (lease) return lease
    report({ kind: 'waiting', at: now() })
    await pause(leadMs, signal)
  }
  return null
}

/** The stored state, or a new one where there is none or it was made for another calendar than the settings have. */
async function currentState({ db, now, report }: Follower): Promise<RollupState> {
  const state = await readRollupState(db)
  const { timezone, weekStart } = await readSettings(db)
  if (state && state.zone === timezone && state.weekStart === weekStart) return state
  report({ kind: 'rebuilding', at: now() })
  return rebuild(db, { now })
}

async function followEvents(follower: Follower): Promise<void> {
  const { db, now, signal, report } = follower
  let state = await currentState(follower)
  const source = await EventSource.open(db)
  let checkpointAt = now()
  while (!signal.aborted) {
    const flushed = await flush(db, state, { source, now })
    state = flushed.state
    if (now() - checkpointAt >= checkpointMs) {
      await db.checkpoint()
      checkpointAt = now()
    }
    if (flushed.events === flushEvents) continue
    report({ kind: 'caughtUp', at: now(), watermark: state.watermark })
    await pause(pollMs, signal)
  }
}

/**
 * Keeps the cells up to date until the signal ends it: takes the lead, brings the calendar up to date, then follows the
 * events. After a failure it starts over, each time a little later, up to 10 s.
 */
export async function follow(follower: Follower): Promise<void> {
  const { signal, report } = follower
  for (let failures = 0; !signal.aborted; failures += 1) {
    const started = follower.now()
    let lease: Lease | null = null
    try {
      lease = await takeLead(follower)
      if (lease) await followEvents(follower)
    } catch (error) {
      report({ kind: 'failed', error })
      if (follower.now() - started > 60_000) failures = 0
      await pause(Math.min(100 * 2 ** failures, 10_000), signal)
    } finally {
      // A lease is lost with its connection, so that another process may lead at once.
      await lease?.release().catch(() => {})
    }
  }
}

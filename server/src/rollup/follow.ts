import { setTimeout as wait } from 'node:timers/promises'
import type { Db, Lease } from '@botdeck/shared/db/db'
import { type Engine, openEngine } from './engine.ts'
import { flush, flushEvents, TooManyRefolds } from './flush.ts'
import { rebuild } from './rebuild.ts'
import { type Reason, removeReplaced, renew } from './renew.ts'
import { latestEvent } from './store.ts'
import { Upkeep } from './upkeep.ts'

/** How often new events are looked for. */
const pollMs = 100
/** Fewer events than these wait for so long: cells are at most a second behind. */
const dueEvents = 2000
const flushMs = 500
/** How often another process that leads is asked whether it still does. */
const leadMs = 2000

/** What the roll-up tells of itself. */
export type RollupReport =
  | { kind: 'caughtUp'; at: number; watermark: number }
  | { kind: 'waiting'; at: number }
  | { kind: 'rebuilding'; at: number }
  | { kind: 'failed'; error: unknown }

export interface Follower {
  db: Db
  /** Opens the same database for reading alone. */
  openReader: () => Db
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

/** The generation that serves, or a first one where there is none. */
async function servingEngine({ db, now, report }: Follower): Promise<Engine> {
  const engine = await openEngine(db)
  if (engine) return engine
  report({ kind: 'rebuilding', at: now() })
  return rebuild(db, { now })
}

/** Follows until the signal ends it, or until the settings have another calendar. */
async function followEvents({ db, now, signal, report }: Follower, engine: Engine): Promise<void> {
  const upkeep = new Upkeep(db, now)
  let flushedAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted && (await upkeep.fits(engine))) {
    const waiting = (await latestEvent(db)) - engine.state.watermark
    const due = waiting >= dueEvents || now() - flushedAt >= flushMs
    const events = due ? await flush(db, engine, { now, mayGiveUp: true }) : 0
    if (due) flushedAt = now()
    await upkeep.checkpoint()
    await upkeep.columns(engine, waiting === 0)
    if (events === flushEvents) continue
    if (due) report({ kind: 'caughtUp', at: now(), watermark: engine.state.watermark })
    await pause(pollMs, signal)
  }
}

/** Follows, with a new generation whenever one is needed. */
async function lead(follower: Follower): Promise<void> {
  const { now, signal, report } = follower
  let engine = await servingEngine(follower)
  const replace = async (why: Reason) => {
    report({ kind: 'rebuilding', at: now() })
    engine = await renew(follower, engine, why)
    await removeReplaced(follower, engine)
  }
  while (!signal.aborted)
    try {
      await followEvents(follower, engine)
      if (!signal.aborted) await replace('calendar')
    } catch (error) {
      if (!(error instanceof TooManyRefolds)) throw error
      engine = await servingEngine(follower)
      await replace('disorder')
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
      if (lease) await lead(follower)
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

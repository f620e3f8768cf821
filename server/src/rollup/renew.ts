import { setTimeout as wait } from 'node:timers/promises'
import { readSettings } from '@botdeck/shared/actions/settings'
import type { Db } from '@botdeck/shared/db/db'
import { buildGeneration } from './build.ts'
import type { Engine } from './engine.ts'
import { flip } from './flip.ts'
import { flush } from './flush.ts'
import { removeOldGenerations } from './generations.ts'
import { latestEvent } from './store.ts'

/** How often the generation that serves is brought up to date while the next one is built. */
const flushMs = 500

/**
 * Why a new generation is needed. For another calendar the old one is kept up to date meanwhile, and tells what does not
 * depend on the calendar; where too many people would have to be folded anew, it waits to be replaced.
 */
export type Reason = 'calendar' | 'disorder'

interface Renewal {
  db: Db
  now: () => number
  /** Opens the same database for reading alone. */
  openReader: () => Db
}

/** Gives others their turn between two slices of work, and keeps a generation up to date. */
function turns(db: Db, engine: Engine, now: () => number): () => Promise<void> {
  let flushedAt = now()
  return async () => {
    await wait(1)
    if (now() - flushedAt < flushMs) return
    await flush(db, engine, { now })
    flushedAt = now()
  }
}

/** Builds a generation for the calendar of the settings beside the one that serves, and lets it serve. The old one is left to be removed. */
export async function renew({ db, now, openReader }: Renewal, old: Engine, why: Reason): Promise<Engine> {
  const { timezone: zone, weekStart } = await readSettings(db)
  const between = why === 'calendar' ? turns(db, old, now) : async () => void (await wait(1))
  const serving = why === 'calendar' ? old : undefined
  const upTo = serving?.state.watermark ?? (await latestEvent(db))
  const reader = openReader()
  try {
    const calendar = { zone, weekStart }
    const engine = await buildGeneration(db, { calendar, upTo, serving, now, reader, between })
    await flip(db, engine, { serving, alone: why === 'disorder', now, between })
    return engine
  } finally {
    await reader.close()
  }
}

/** Removes the generations before the one that serves, which is kept up to date meanwhile. */
export async function removeReplaced(
  { db, now }: Pick<Renewal, 'db' | 'now'>,
  engine: Engine,
): Promise<void> {
  await removeOldGenerations(db, turns(db, engine, now))
}

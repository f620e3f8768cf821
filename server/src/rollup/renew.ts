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

/** Builds a generation for the calendar of the settings beside the one that serves, and lets it serve. */
export async function renew({ db, now, openReader }: Renewal, old: Engine, why: Reason): Promise<Engine> {
  const { timezone: zone, weekStart } = await readSettings(db)
  let flushedAt = now()
  const between = async () => {
    await wait(1)
    if (why === 'disorder' || now() - flushedAt < flushMs) return
    await flush(db, old, { now })
    flushedAt = now()
  }
  const from =
    why === 'calendar'
      ? { upTo: old.state.watermark, facts: old.people }
      : { upTo: await latestEvent(db), facts: undefined }
  const reader = openReader()
  try {
    const engine = await buildGeneration(db, { calendar: { zone, weekStart }, ...from, now, reader, between })
    await flip(db, engine, { now, between })
    await removeOldGenerations(db)
    return engine
  } finally {
    await reader.close()
  }
}

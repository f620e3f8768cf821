import { setTimeout as wait } from 'node:timers/promises'
import { readSettings } from '@botdeck/shared/actions/settings'
import type { Db } from '@botdeck/shared/db/db'
import { resealAll, sealTail, tailGoal } from '../columns/seal.ts'
import { readSealedId } from '../columns/seal-state.ts'
import { buildGeneration, type OnProgress } from './build.ts'
import type { Engine } from './engine.ts'
import { flip } from './flip.ts'
import { removeOldGenerations } from './generations.ts'
import { latestEvent, readRollupState } from './store.ts'

/** Lets other writers have the lock between two slices. */
const pause = async () => void (await wait(1))

/** Makes the columns anew, and takes into them what the cells are to be built from. */
async function renewColumns(db: Db, upTo: number, onProgress: OnProgress | undefined): Promise<void> {
  const sealed = await readSealedId(db)
  if (sealed > 0) await resealAll(db, onProgress)
  if (upTo - sealed > tailGoal) await sealTail(db, upTo)
}

/**
 * Makes columns and cells anew from the rows of events, for the calendar of the settings: a generation beside the one that
 * serves, which takes its place when it is done. Safe while a roll-up follows: it notices, and goes on from there.
 */
export async function rebuild(
  db: Db,
  { now, onProgress }: { now: () => number; onProgress?: OnProgress | undefined },
): Promise<Engine> {
  const { timezone: zone, weekStart } = await readSettings(db)
  const state = await readRollupState(db)
  const upTo = state?.watermark ?? (await latestEvent(db))
  await renewColumns(db, upTo, onProgress)
  const calendar = { zone, weekStart }
  const engine = await buildGeneration(db, { calendar, upTo, now, reader: db, between: pause, onProgress })
  await flip(db, engine, { now, between: pause })
  await removeOldGenerations(db)
  return engine
}

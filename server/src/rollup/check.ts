import type { Db } from '@botdeck/shared/db/db'
import type { OnProgress } from './build.ts'
import { compareCells } from './check-cells.ts'
import { checkIntegrity, checkLedger, checkPayments } from './check-money.ts'
import { replay } from './replay.ts'
import { readRollupState } from './store.ts'

/**
 * Proves that what is derived equals what it was derived from: every cell and person state the events up to the
 * watermark, segments the people as they are, credits their ledger, purchases and tiers their payments; on SQLite also
 * the file and its foreign keys. Nothing is changed.
 * @returns what is wrong, one sentence each; nothing when all is well
 */
export async function checkRollups(db: Db, onProgress?: OnProgress): Promise<string[]> {
  return db.snapshot(async (view) => {
    const state = await readRollupState(view)
    const cells = state ? await compareCells(view, state, await replay(db, state, onProgress)) : []
    const money = [...(await checkLedger(view)), ...(await checkPayments(view))]
    return [...cells, ...money, ...(await checkIntegrity(view))]
  })
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Db, Tx } from '@botdeck/shared/db/db'
import { lt, sql } from 'drizzle-orm'
import { cellKeys } from './cell-rows.ts'
import { readRollupState } from './store.ts'

/** The number of a new generation: higher than that of any other, finished or not. */
export async function newGeneration(db: Db, now: number): Promise<number> {
  return db.transaction(async (tx) => {
    const { cellGenerations } = tx.t
    const [row] = await tx.orm.insert(cellGenerations).values({ madeAt: now }).returning()
    if (!row) throw new Error('the generation got no number')
    return row.generation
  })
}

/** Rows of one transaction. Days of activity are large. */
const rowsAtOnce = 2500
const daysAtOnce = 8

/** Every table of a generation, with the columns that name a row beside it. */
const derivedKeys = {
  ...cellKeys,
  activeDays: ['day', 'staff'],
  payerDays: ['day', 'staff'],
  moneyCells: ['day', 'staff', 'currency'],
} as const
type DerivedTable = keyof typeof derivedKeys
const derivedTables = Object.keys(derivedKeys) as DerivedTable[]
const isOfArrays = (table: DerivedTable) => table === 'activeDays' || table === 'payerDays'

/** Removes some rows of old generations. Returns whether there may be more. */
async function removeSome(
  tx: Tx,
  table: DerivedTable,
  { below, limit }: { below: number; limit: number },
): Promise<boolean> {
  const name = sql`${tx.t[table]}`
  const key = sql.join(
    ['generation', ...derivedKeys[table]].map((column) => sql.identifier(column)),
    sql`, `,
  )
  const removed = await tx.all(sql`
    delete from ${name} where (${key}) in (select ${key} from ${name} where generation < ${below} limit ${limit})
    returning generation`)
  return removed.length === limit
}

/** Removes every generation older than the one that serves, in slices; finished ones and those that were broken off. */
export async function removeOldGenerations(
  db: Db,
  between: () => Promise<void> = async () => void (await wait(1)),
): Promise<void> {
  const state = await readRollupState(db)
  if (!state) return
  const below = state.generation
  for (const table of derivedTables) {
    const limit = isOfArrays(table) ? daysAtOnce : rowsAtOnce
    while (await db.transaction((tx) => removeSome(tx, table, { below, limit }))) await between()
  }
  const { cellGenerations } = db.t
  await db.transaction((tx) => tx.orm.delete(cellGenerations).where(lt(cellGenerations.generation, below)))
}

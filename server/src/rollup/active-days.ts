import { randomInt } from 'node:crypto'
import type { Tx } from '@botdeck/shared/db/db'
import { rowStatement, slots } from '@botdeck/shared/db/statement'
import { sql } from 'drizzle-orm'
import { bytesOf, numbersIn } from '../columns/event-chunk.ts'
import type { CellChanges } from './cell-changes.ts'

/** People active on a local day, each once, in no order. */
export interface ActiveDay {
  day: number
  staff: boolean
  uids: Uint32Array
}

const readDay = rowStatement<{ uids: Uint8Array }>(
  () => sql`select uids from active_days where generation = ${sql.placeholder('0')} and day = ${sql.placeholder('1')}
    and staff = ${sql.placeholder('2')}`,
)

const writeDay = rowStatement(
  () => sql`insert into active_days (generation, day, staff, uids, version) values (${slots(5)})
    on conflict (generation, day, staff) do update set uids = excluded.uids, version = excluded.version`,
)

const dropDay = rowStatement(
  () => sql`delete from active_days where generation = ${sql.placeholder('0')} and day = ${sql.placeholder('1')}
    and staff = ${sql.placeholder('2')}`,
)

/** Of a day as it is written: who reads it later knows by it what they have read before. */
const newVersion = () => randomInt(1, 2 ** 48 - 1)

/** The array with those people left out and these added who are not in it. */
function changed(old: Uint32Array, add: readonly number[], leave: ReadonlySet<number>): Uint32Array {
  const kept = leave.size === 0 ? old : old.filter((uid) => !leave.has(uid))
  const uids = new Uint32Array(kept.length + add.length)
  uids.set(kept)
  uids.set(add, kept.length)
  return uids
}

/** Brings the stored days up to what changed. */
export async function changeActiveDays(
  tx: Tx,
  generation: number,
  { activeDays, keptBefore }: CellChanges,
): Promise<void> {
  for (const [day, people] of activeDays) {
    const leave = keptBefore.get(day) ?? new Set<number>()
    for (const staff of [false, true]) {
      const add: number[] = []
      for (const [uid, kept] of people) if (kept === staff) add.push(uid)
      if (add.length === 0 && leave.size === 0) continue
      const [row] = await readDay(tx, [[generation, day, staff]])
      const old = row ? numbersIn(row.uids) : new Uint32Array(0)
      if (old.length === 0 && add.length === 0) continue
      const uids = changed(old, add, leave)
      if (uids.length === 0) await dropDay(tx, [[generation, day, staff]])
      else await writeDay(tx, [[generation, day, staff, bytesOf(uids), newVersion()]])
    }
  }
}

/** Stores days that have no array yet. */
export async function insertActiveDays(
  tx: Tx,
  generation: number,
  days: readonly ActiveDay[],
): Promise<void> {
  await writeDay(
    tx,
    days.map(({ day, staff, uids }) => [generation, day, staff, bytesOf(uids), newVersion()]),
  )
}

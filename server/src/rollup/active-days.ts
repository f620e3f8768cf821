import type { Queryable, Tx } from '@botdeck/shared/db/db'
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

interface Row {
  day: number
  staff: boolean | number
  uids: Uint8Array
}

/** Days of one question: of a million people, some megabytes. */
const daysAtOnce = 32

/** Local days, both ends inclusive; where one is absent, from the first or to the last of all. */
export interface DayStretch {
  first?: number | undefined
  last?: number | undefined
}

/** Before and after every day that anything can be recorded of. */
const [noDayBefore, noDayAfter] = [-1_000_000, 100_000_000]

/**
 * Who was active on which local day, in ascending order of days: one array a day of people and, where they are asked for,
 * one of staff; nobody is in both. Days without activity are left out.
 */
export async function* readActiveDays(
  { db, generation }: { db: Queryable; generation: number },
  {
    first = noDayBefore,
    last = noDayAfter,
    includeStaff = false,
  }: DayStretch & { includeStaff?: boolean | undefined },
): AsyncGenerator<ActiveDay> {
  const staff = includeStaff ? sql`` : sql`and not staff`
  const days = await db.all<{ day: number }>(sql`
    select distinct day from active_days where generation = ${generation} and day between ${first} and ${last} ${staff}
    order by day`)
  for (let index = 0; index < days.length; index += daysAtOnce) {
    const [from, to] = [days[index]?.day, days[Math.min(index + daysAtOnce, days.length) - 1]?.day]
    const rows = await db.all<Row>(sql`
      select day, staff, uids from active_days
      where generation = ${generation} and day between ${from} and ${to} ${staff}
      order by day, staff`)
    for (const row of rows) yield { day: row.day, staff: Boolean(row.staff), uids: numbersIn(row.uids) }
  }
}

const readDay = rowStatement<{ uids: Uint8Array }>(
  () => sql`select uids from active_days where generation = ${sql.placeholder('0')} and day = ${sql.placeholder('1')}
    and staff = ${sql.placeholder('2')}`,
)

const writeDay = rowStatement(
  () => sql`insert into active_days (generation, day, staff, uids) values (${slots(4)})
    on conflict (generation, day, staff) do update set uids = excluded.uids`,
)

const dropDay = rowStatement(
  () => sql`delete from active_days where generation = ${sql.placeholder('0')} and day = ${sql.placeholder('1')}
    and staff = ${sql.placeholder('2')}`,
)

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
      else await writeDay(tx, [[generation, day, staff, bytesOf(uids)]])
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
    days.map(({ day, staff, uids }) => [generation, day, staff, bytesOf(uids)]),
  )
}

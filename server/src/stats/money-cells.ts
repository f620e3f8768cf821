import { sql } from 'drizzle-orm'
import { numbersIn } from '../columns/event-chunk.ts'
import type { View } from './view.ts'

/** Local days, both ends inclusive. */
export interface Days {
  first: number
  last: number
}

const audience = (includeStaff: boolean | undefined) => (includeStaff ? sql`` : sql`and not staff`)

/** Net revenue of each day in the reporting currency; days without money are absent. */
export async function netByDay(
  { db, generation, settings }: View,
  { first, last }: Days,
  includeStaff: boolean | undefined,
): Promise<Map<number, number>> {
  const rows = await db.all<{ day: number; net: number }>(sql`
    select day, sum(gross - refunds) as net from money_cells
    where generation = ${generation} and day between ${first} and ${last} and currency = ${settings.currency}
      ${audience(includeStaff)}
    group by day`)
  return new Map(rows.map(({ day, net }) => [day, net]))
}

/** Distinct people who paid on any of the days. */
export async function payersIn(
  { db, generation }: View,
  { first, last }: Days,
  includeStaff: boolean | undefined,
): Promise<number> {
  const rows = await db.all<{ uids: Uint8Array }>(sql`
    select uids from payer_days
    where generation = ${generation} and day between ${first} and ${last} ${audience(includeStaff)}`)
  const days = rows.map(({ uids }) => numbersIn(uids))
  const highest = days.reduce((most, uids) => uids.reduce((high, uid) => Math.max(high, uid), most), 0)
  const met = new Uint8Array(highest + 1)
  let payers = 0
  for (const uids of days)
    for (const uid of uids) {
      payers += 1 - (met[uid] ?? 0)
      met[uid] = 1
    }
  return payers
}

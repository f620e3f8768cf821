import type { Queryable, Tx } from '@botdeck/shared/db/db'
import { rowStatement, slots } from '@botdeck/shared/db/statement'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { sql } from 'drizzle-orm'
import { bytesOf } from '../columns/event-chunk.ts'
import type { Engine } from './engine.ts'

/*
 * Money by local day, from `payments`. A day that anything changed of is counted anew: a day's payments are few, and what
 * a payment added before need not be remembered.
 */

/** A payment as days look at it, with the instant of it that lies in the day: paid, or sent back. */
export interface MoneyRow {
  uid: number
  amount: number
  currency: string
  reportingAmount: number | null
  reportingCurrency: string | null
  usdCents: number | null
  /** 1 where it went back on the day. */
  refund: number
}

/** Money of one audience in one currency, in minor units. */
export interface MoneyCell {
  day: number
  staff: boolean
  currency: string
  gross: number
  refunds: number
}

/** People of one audience who paid on a day. */
export interface PayerDay {
  day: number
  staff: boolean
  uids: Uint32Array
}

/** The currencies that a payment has a value in, by the rules of `reportingValue`. */
function* valuesOf(row: MoneyRow): Generator<[currency: string, amount: number]> {
  const { amount, currency, reportingAmount, reportingCurrency, usdCents } = row
  yield [currency, amount]
  if (reportingCurrency !== null && reportingCurrency !== currency && reportingAmount !== null)
    yield [reportingCurrency, reportingAmount]
  if (currency !== 'USD' && reportingCurrency !== 'USD' && usdCents !== null) yield ['USD', usdCents]
}

/** The payments that succeeded or went back on a local day. */
export function readMoneyDay(db: Queryable, day: number, clock: ZoneClock): Promise<MoneyRow[]> {
  const [from, to] = [clock.dayStart(day), clock.dayStart(day + 1)]
  const columns = sql`uid, amount, currency, reporting_amount as "reportingAmount",
    reporting_currency as "reportingCurrency", usd_cents as "usdCents"`
  return db.all<MoneyRow>(sql`
    select ${columns}, 0 as refund from payments where succeeded_at >= ${from} and succeeded_at < ${to}
    union all
    select ${columns}, 1 as refund from payments where refunded_at >= ${from} and refunded_at < ${to}`)
}

/** What the payments of one day come to. */
export function countDay(
  day: number,
  rows: readonly MoneyRow[],
  isStaff: (uid: number) => boolean,
): { money: MoneyCell[]; payers: PayerDay[] } {
  const money = new Map<string, MoneyCell>()
  const payers = [new Set<number>(), new Set<number>()]
  for (const row of rows) {
    const staff = isStaff(row.uid)
    if (row.refund === 0) payers[Number(staff)]?.add(row.uid)
    for (const [currency, amount] of valuesOf(row)) {
      const key = `${staff} ${currency}`
      const cell = money.get(key) ?? { day, staff, currency, gross: 0, refunds: 0 }
      money.set(key, cell)
      cell[row.refund === 1 ? 'refunds' : 'gross'] += amount
    }
  }
  const days = payers.map((uids, staff) => ({ day, staff: staff === 1, uids: Uint32Array.from(uids) }))
  return { money: [...money.values()], payers: days.filter(({ uids }) => uids.length > 0) }
}

const [dropMoney, dropPayers] = (['moneyCells', 'payerDays'] as const).map((table) =>
  rowStatement(
    (t) =>
      sql`delete from ${t[table]} where generation = ${sql.placeholder('0')} and day = ${sql.placeholder('1')}`,
  ),
)

const putMoney = rowStatement(
  () => sql`insert into money_cells (generation, day, staff, currency, gross, refunds) values (${slots(6)})`,
)
const putPayers = rowStatement(
  () => sql`insert into payer_days (generation, day, staff, uids) values (${slots(4)})`,
)

/** Counts days anew, from the payments as they are now and the audiences that the engine knows. */
export async function writeMoneyDays(tx: Tx, engine: Engine, days: Iterable<number>): Promise<void> {
  const { people, clock } = engine
  const { generation } = engine.state
  for (const day of days) {
    const { money, payers } = countDay(
      day,
      await readMoneyDay(tx, day, clock),
      (uid) => people.staff[uid] === 1,
    )
    await dropMoney?.(tx, [[generation, day]])
    await dropPayers?.(tx, [[generation, day]])
    await putMoney(
      tx,
      money.map(({ staff, currency, gross, refunds }) => [generation, day, staff, currency, gross, refunds]),
    )
    await putPayers(
      tx,
      payers.map(({ staff, uids }) => [generation, day, staff, bytesOf(uids)]),
    )
  }
}

/** The local days on which these people paid or had money back. */
export async function moneyDaysOf(
  db: Queryable,
  uids: readonly number[],
  clock: ZoneClock,
): Promise<Set<number>> {
  const days = new Set<number>()
  for (const uid of uids) {
    const rows = await db.all<{ paid: number; back: number | null }>(sql`
      select succeeded_at as paid, refunded_at as back from payments
      where uid = ${uid} and succeeded_at is not null`)
    for (const { paid, back } of rows) {
      days.add(clock.dayOf(paid))
      if (back !== null) days.add(clock.dayOf(back))
    }
  }
  return days
}

/** Every local day with money. */
export async function allMoneyDays(db: Queryable, clock: ZoneClock): Promise<number[]> {
  const quarter = 900_000
  // Every zone's days begin on a quarter hour of UTC.
  const rows = await db.all<{ quarter: number }>(sql`
    select succeeded_at / ${sql.raw(String(quarter))} as quarter from payments where succeeded_at is not null
    union select refunded_at / ${sql.raw(String(quarter))} from payments where refunded_at is not null`)
  return [...new Set(rows.map((row) => clock.dayOf(row.quarter * quarter)))].sort((a, b) => a - b)
}

import { readSettings } from '@botdeck/shared/actions/settings'
import type { Queryable } from '@botdeck/shared/db/db'
import { tierOf } from '@botdeck/shared/domain/tiers'
import { asc, sql } from 'drizzle-orm'

/** Every entry's balance is the one before plus its change, and the last one is what the person has. */
export async function checkLedger(db: Queryable): Promise<string[]> {
  const { users, creditLedger } = db.t
  const entries = await db.orm
    .select({ uid: creditLedger.uid, delta: creditLedger.delta, balance: creditLedger.balance })
    .from(creditLedger)
    .orderBy(asc(creditLedger.uid), asc(creditLedger.id))
  const balances = new Map<number, number>()
  const faults: string[] = []
  for (const { uid, delta, balance } of entries) {
    const before = balances.get(uid)
    if (before !== undefined && before + delta !== balance)
      faults.push(`credit_ledger (uid ${uid}): ${before} and ${delta} make ${balance}`)
    balances.set(uid, balance)
  }
  const people = await db.orm.select({ uid: users.uid, credits: users.credits }).from(users)
  for (const { uid, credits } of people) {
    const balance = balances.get(uid)
    if (balance !== undefined && balance !== credits)
      faults.push(`users (uid ${uid}): ${credits ?? 'no'} credits, the ledger ends with ${balance}`)
  }
  return faults
}

interface Paid {
  uid: number
  purchases: number
  kept: number
  usdCents: number
}

/** Purchases, lifetime value and tier of everybody are those of their payments. */
export async function checkPayments(db: Queryable): Promise<string[]> {
  const { users } = db.t
  const { tiers } = await readSettings(db)
  const paid = await db.all<Paid>(sql`
    select uid, count(*) as purchases,
      sum(case when status = 'succeeded' then 1 else 0 end) as kept,
      sum(case when status = 'succeeded' then coalesce(usd_cents, 0) else 0 end) as "usdCents"
    from payments where succeeded_at is not null group by uid`)
  const sums = new Map(paid.map((row) => [row.uid, row]))
  const people = await db.orm
    .select({ uid: users.uid, purchases: users.purchases, usdCents: users.usdCents, tier: users.tier })
    .from(users)
  return people.flatMap(({ uid, ...has }) => {
    const { purchases, kept, usdCents } = sums.get(uid) ?? { purchases: 0, kept: 0, usdCents: 0 }
    const tier = tierOf({ purchases: kept, usdCents }, tiers)
    const text = (value: typeof has) =>
      `${value.purchases} purchases, ${value.usdCents} cents, tier ${value.tier}`
    const should = text({ purchases, usdCents, tier })
    return text(has) === should ? [] : [`users (uid ${uid}): ${text(has)} instead of ${should}`]
  })
}

/** What SQLite finds wrong with its file and its foreign keys. PostgreSQL keeps both by itself. */
export async function checkIntegrity(db: Queryable): Promise<string[]> {
  if (db.engine === 'postgres') return []
  const file = await db.all<{ integrity_check: string }>(sql`pragma integrity_check`)
  const keys = await db.all<{ table: string; rowid: number; parent: string }>(sql`pragma foreign_key_check`)
  return [
    ...file.filter((row) => row.integrity_check !== 'ok').map((row) => `file: ${row.integrity_check}`),
    ...keys.map((row) => `${row.table} (row ${row.rowid}): points to no row of ${row.parent}`),
  ]
}

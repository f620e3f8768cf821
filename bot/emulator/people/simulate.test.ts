import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareTables } from '@botdeck/shared/actions/prepare'
import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'
import { day, yearEnding } from './year.ts'

const until = Date.UTC(2026, 10, 20, 14, 30)
const small = { people: 60, seed: 'small', year: yearEnding(until, 60) }

async function number(db: Db, query: ReturnType<typeof sql>): Promise<number> {
  const [row] = await db.all<{ n: number }>(query)
  return row?.n ?? Number.NaN
}

/** Every event in its order, as one number and one sum. */
async function fingerprint(db: Db): Promise<{ events: number; checksum: string }> {
  const { events, eventTypes } = db.t
  const rows = await db.all<object>(sql`
    select ${events.uid} as uid, ${eventTypes.name} as name, ${events.at} as at, ${events.props} as props
    from ${events} join ${eventTypes} on ${eventTypes.id} = ${events.type} order by ${events.id}`)
  const checksum = createHash('sha256').update(JSON.stringify(rows.map((row) => Object.values(row))))
  return { events: rows.length, checksum: checksum.digest('hex') }
}

interface Scratch {
  db: Db
  drop(): Promise<void>
}

async function openScratch(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'botdeck-people-'))
  const db = openDb(join(folder, 'history.db'), { sync: 'off' })
  await prepareTables(db, 0)
  const drop = async () => {
    await db.close()
    await rm(folder, { recursive: true })
  }
  return { db, drop }
}

onBothEngines('simulate', (test) => {
  it('writes the same history from the same seed', async () => {
    const scratch = await openScratch()
    await simulate(scratch.db, small)
    const expected = await fingerprint(scratch.db)
    await scratch.drop()
    await simulate(test.db, small)
    expect(await fingerprint(test.db)).toEqual(expected)
    expect(expected.events).toBeGreaterThan(600)
  })

  it('keeps the books: ledger and balances, payments and purchases agree', async () => {
    await simulate(test.db, small)
    const { users, creditLedger, payments, generations } = test.db.t
    expect(await number(test.db, sql`select cast(count(*) as integer) as n from ${users}`)).toBe(60)
    const unbalanced = sql`
      select cast(count(*) as integer) as n from ${users}
      where ${users.credits} <> (
        select coalesce(sum(${creditLedger.delta}), 0) from ${creditLedger} where ${creditLedger.uid} = ${users.uid}
      ) or ${users.purchases} <> (
        select count(*) from ${payments} where ${payments.uid} = ${users.uid} and ${payments.succeededAt} is not null
      )`
    expect(await number(test.db, unbalanced)).toBe(0)
    const open = sql`
      select cast(count(*) as integer) as n from ${generations} where ${generations.answeredAt} is null`
    expect(await number(test.db, open)).toBe(0)
  })

  it('goes in the order of time and stays within the year', async () => {
    await simulate(test.db, small)
    const { events } = test.db.t
    const [span] = await test.db.all<{ first: number; last: number }>(
      sql`select min(${events.at}) as first, max(${events.at}) as last from ${events}`,
    )
    expect(span?.first).toBeGreaterThanOrEqual(small.year.since)
    expect(span?.last).toBeLessThan(until)
    const backwards = sql`
      select cast(count(*) as integer) as n
      from (select ${events.at} as at, lag(${events.at}) over (order by ${events.id}) as before from ${events}) as pair
      where pair.at < pair.before`
    expect(await number(test.db, backwards)).toBe(0)
  })
})

describe('a year of 700 people', () => {
  let scratch: Scratch
  const year = yearEnding(until, 365)

  beforeAll(async () => {
    scratch = await openScratch()
    await simulate(scratch.db, { people: 700, seed: 'year', year })
  })
  afterAll(() => scratch.drop())

  const failures = async (since: number, end: number) => {
    const { generations } = scratch.db.t
    const [row] = await scratch.db.all<{ all: number; failed: number }>(sql`
      select cast(count(*) as integer) as "all",
             cast(sum(case when ${generations.status} = 'failed' then 1 else 0 end) as integer) as failed
      from ${generations} where ${generations.finishedAt} >= ${since} and ${generations.finishedAt} < ${end}`)
    return row && row.all > 0 ? row.failed / row.all : Number.NaN
  }

  it('fails nearly everything on the day of the outage, and little before', async () => {
    expect(await failures(year.outage.since, year.outage.until)).toBeGreaterThan(0.7)
    expect(await failures(year.outage.since - 30 * day, year.outage.since)).toBeLessThan(0.1)
  })

  it('sells the middle package at the old price until it changes, then at the new one', async () => {
    const { payments } = scratch.db.t
    const { at, packageId } = year.priceChange
    const prices = await scratch.db.all<{ late: number; amount: number }>(sql`
      select distinct case when ${payments.invoicedAt} >= ${at} then 1 else 0 end as late, ${payments.amount} as amount
      from ${payments} where ${payments.packageId} = ${packageId} order by late`)
    expect(prices).toEqual([
      { late: 0, amount: 200 },
      { late: 1, amount: 250 },
    ])
  })

  it('has payers, blocked people and staff, all few', async () => {
    const { users } = scratch.db.t
    const share = async (condition: ReturnType<typeof sql>) =>
      (await number(
        scratch.db,
        sql`select cast(count(*) as integer) as n from ${users} where ${condition}`,
      )) / 700
    expect(await share(sql`${users.purchases} > 0`)).toBeGreaterThan(0.02)
    expect(await share(sql`${users.purchases} > 0`)).toBeLessThan(0.11)
    expect(await share(sql`${users.blockedAt} is not null`)).toBeGreaterThan(0.08)
    expect(await share(sql`${users.blockedAt} is not null`)).toBeLessThan(0.25)
    expect(
      await number(scratch.db, sql`select cast(count(*) as integer) as n from ${users} where ${users.staff}`),
    ).toBe(4)
  })
})

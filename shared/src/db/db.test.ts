import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { prepareTables } from '#actions/prepare'
import { onBothEngines, type TestDb } from '#testing/engines'
import { isMigrated } from './migrate.ts'
import { openDb } from './open.ts'

const count = async (test: TestDb) =>
  (await test.db.all<{ n: number }>(sql`select cast(count(*) as integer) as n from ${test.db.t.users}`))[0]?.n

const person = (telegramId: number) => ({ telegramId, createdAt: 0 })

onBothEngines('a database', (test) => {
  it('keeps nothing of a transaction that throws', async () => {
    const failing = test.db.transaction(async (tx) => {
      await tx.orm.insert(tx.t.users).values(person(1))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await count(test)).toBe(0)
  })

  it('shows uncommitted rows to nobody else', async () => {
    const seen = await test.db.transaction(async (tx) => {
      await tx.orm.insert(tx.t.users).values(person(1))
      return count(test)
    })
    expect([seen, await count(test)]).toEqual([0, 1])
  })

  it('serves writers that come at once, from two openings of the same database', async () => {
    const other = openDb(test.url)
    const writes = Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? test.db : other).transaction(async (tx) => {
        await tx.orm.insert(tx.t.users).values(person(i + 1))
      }),
    )
    await Promise.all(writes)
    await other.close()
    expect(await count(test)).toBe(20)
  })

  it('refuses a negative balance by itself', async () => {
    const insert = test.db.transaction((tx) =>
      tx.orm
        .insert(tx.t.users)
        .values({ ...person(1), credits: -1 })
        .returning(),
    )
    await expect(insert).rejects.toThrow()
  })

  it('scans rows in batches', async () => {
    await test.db.transaction(async (tx) => {
      for (let i = 1; i <= 12; i++) await tx.orm.insert(tx.t.users).values(person(i))
    })
    const ids: number[] = []
    for await (const batch of test.db.scan<{ telegram_id: number }>(
      sql`select telegram_id from ${test.db.t.users} order by uid`,
    ))
      ids.push(...batch.map((row) => row.telegram_id))
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  it('is migrated once, and again without harm', async () => {
    expect(await prepareTables(test.db, 0)).toBe(0)
    expect(await isMigrated(test.db)).toBe(true)
  })

  it('refuses to work on a database that is newer than the code', async () => {
    await test.db.transaction((tx) =>
      tx.run(sql`insert into applied_migrations (hash, applied_at) values ('future', 1)`),
    )
    await expect(prepareTables(test.db, 0)).rejects.toThrow('newer than this version')
  })

  it('empties a long log once nobody reads from it', async () => {
    const { db, url } = test
    if (db.engine === 'postgres') return expect(await db.trimLog()).toBe(true)
    const log = `${fileURLToPath(url)}-wal`
    await db.transaction((tx) => tx.run(sql`create table large (bytes blob)`))
    const reader = openDb(url, { readonly: true })
    const grow = async () => {
      for (let n = 0; n < 16; n++)
        await db.transaction((tx) => tx.run(sql`insert into large values (zeroblob(5000000))`))
    }
    expect(await db.trimLog()).toBe(true)
    expect(statSync(log).size).toBeGreaterThan(0)
    await reader.snapshot(async (view) => {
      await view.all(sql`select count(*) from large`)
      await grow()
      expect(await db.trimLog()).toBe(false)
      expect(await view.all(sql`select count(*) as n from large`)).toEqual([{ n: 0 }])
    })
    expect(await db.trimLog()).toBe(true)
    expect(statSync(log).size).toBe(0)
    expect(await reader.all(sql`select count(*) as n from large`)).toEqual([{ n: 16 }])
    await reader.close()
  })
})

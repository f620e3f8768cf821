import { sql } from 'drizzle-orm'
import { afterEach, expect, it } from 'vitest'
import { onBothEngines } from '#testing/engines'
import { databaseBytes } from './size.ts'
import { type SlowStatement, watchSlowStatements } from './slow-statements.ts'

onBothEngines('slow statements', (test) => {
  let end = () => {}
  function watch(): SlowStatement[] {
    const heard: SlowStatement[] = []
    // On a busy machine others may be slow as well.
    end = watchSlowStatements((slow) => {
      if (slow.statement.includes('slept')) heard.push(slow)
    })
    return heard
  }
  /** PostgreSQL sleeps; SQLite cannot, and counts. */
  const slow = () =>
    test.db.engine === 'postgres'
      ? sql`select  pg_sleep(0.15) as slept, ${7}::int as secret`
      : sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${3_000_000})
            select  max(i) as slept from n`

  afterEach(() => end())

  it('are heard of with their text and without their values', async () => {
    const heard = watch()
    await test.db.all(slow())
    await expect.poll(() => heard.length).toBe(1)
    expect(heard[0]?.ms).toBeGreaterThanOrEqual(100)
    expect(heard[0]?.statement).toContain('select')
    expect(heard[0]?.statement).not.toContain('3000000')
    expect(heard[0]?.statement).not.toContain('  ')
  })

  it('are heard of from transactions, and still answer', async () => {
    const heard = watch()
    const rows = await test.db.transaction((tx) => tx.all<{ slept: unknown }>(slow()))
    expect(rows.length).toBe(1)
    await expect.poll(() => heard.length).toBe(1)
  })

  it('leave answers and refusals as they are', async () => {
    const { users } = test.db.t
    expect(await test.db.orm.select().from(users)).toEqual([])
    await expect(test.db.all(sql`select * from nothing_of_that_name`)).rejects.toThrow()
  })

  it('leave the size of the database known', async () => {
    expect(await databaseBytes(test.db)).toBeGreaterThan(100_000)
  })
})

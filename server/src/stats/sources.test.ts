import { track } from '@botdeck/shared/actions/track'
import { type BlueprintName, blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const all = { from: '2025-12-30', to: '2026-04-01' }
const week = { from: '2026-03-25', to: '2026-03-31' }
const stars = (amount: number) => ({ amount, currency: 'XTR' })
const touched: [name: BlueprintName, first: string, last: string][] = [
  ['ann', 'news', 'news'],
  ['bob', 'news', 'news'],
  ['fay', 'ads', 'news'],
]

onBothEngines('sources', (test) => {
  async function write() {
    const uids = await writeBlueprint(test.db, () => rollUp(test.db, now))
    const { users } = test.db.t
    await test.db.transaction(async (tx) => {
      for (const [name, source, lastSource] of touched)
        await tx.orm.update(users).set({ source, lastSource }).where(eq(users.uid, uids[name]))
      // Seven days after his first activity.
      const back = { uid: uids.bob, type: 'message_received', at: Date.parse('2026-01-07T12:00Z') }
      await track(tx, [back])
    })
    await rollUp(test.db, now)
  }
  const sources = (params: StatParams['sources']) => ask(test.db, 'sources', { params, now })
  const names = (params: Partial<PeopleParams['sources']>) =>
    askNames(test.db, 'sources', { params: { ...all, cell: 'users', touch: 'first', ...params }, now })

  it('tells what became of the people whom each source brought', async () => {
    await write()
    const { current, previous, first, total } = await sources(all)
    expect([current, previous]).toEqual([{ from: '2025-12-30', to: '2026-03-31' }, null])
    expect(first).toEqual([
      {
        source: 'direct',
        users: 6,
        activated: 1,
        activationRate: 1 / 6,
        payers: 1,
        payerRate: 1 / 6,
        net: stars(0),
        d7: { users: 0, size: 2, rate: 0 },
        previous: null,
      },
      {
        source: 'news',
        users: 2,
        activated: 1,
        activationRate: 0.5,
        payers: 1,
        payerRate: 0.5,
        net: stars(0),
        d7: { users: 1, size: 2, rate: 0.5 },
        previous: null,
      },
      {
        source: 'ads',
        users: 1,
        activated: 0,
        activationRate: 0,
        payers: 1,
        payerRate: 1,
        net: stars(550),
        d7: { users: 0, size: 0, rate: null },
        previous: null,
      },
    ])
    expect(total).toMatchObject({
      users: 9,
      activated: 2,
      payers: 3,
      net: stars(550),
      d7: { users: 1, size: 4 },
    })
  })

  it('tells the same by last touch', async () => {
    await write()
    const { last } = await sources(all)
    expect(last.map(({ source, users }: { source: string; users: number }) => [source, users])).toEqual([
      ['direct', 6],
      ['news', 3],
    ])
    expect(last[1].net).toEqual(stars(550))
  })

  it('sets the people of the period before beside those of the range', async () => {
    await write()
    const { previous, first, total } = await sources({ from: '2026-01-01', to: '2026-01-02' })
    expect(previous).toEqual({ from: '2025-12-30', to: '2025-12-31' })
    expect(
      first.map((row: { source: string; users: number; previous: object }) => [
        row.source,
        row.users,
        row.previous,
      ]),
    ).toEqual([
      ['direct', 2, { users: 0 }],
      ['news', 0, { users: 2 }],
    ])
    expect(total.previous).toEqual({ users: 2 })
  })

  it('lists the people behind each figure', async () => {
    await write()
    expect(await names({ source: 'news' })).toBe('ann bob')
    expect(await names({ source: 'news', touch: 'last' })).toBe('fay ann bob')
    expect(await names({ source: 'direct', cell: 'activated' })).toBe('gus')
    expect(await names({ cell: 'payers' })).toBe('cat fay bob')
    expect(await names({ cell: 'd7' })).toBe('bob')
    expect(await names({ cell: 'd7Size', source: 'direct' })).toBe('cat dan')
    expect(await names({ source: 'nothing of that name' })).toBe('')
    expect(await names({ ...week })).toBe('gus hal fay lea')
    expect(await names({ ...week, includeStaff: true })).toBe('ivy gus jon hal fay lea')
  })

  it('refuses conditions on events', async () => {
    await write()
    const where = [{ scope: 'event' as const, key: 'x', op: 'is_set' as const }]
    await expect(sources({ ...week, where })).rejects.toMatchObject({
      code: 'invalid_params',
      field: 'where',
    })
  })
})

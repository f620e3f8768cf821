import { track } from '@botdeck/shared/actions/track'
import { type BlueprintName, blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }
const comic = { effectId: 'comic' }

/** Beside what the blueprint has in the week: gus's duotone that succeeded and dan's that timed out. */
const pictures: [name: BlueprintName, at: string, type: string, props: Record<string, unknown>][] = [
  [
    'cat',
    '2026-03-24T12:00Z',
    'generation_succeeded',
    { ...comic, generationId: 'g3', credits: 1, processingMs: 5000 },
  ],
  [
    'ann',
    '2026-03-30T10:00Z',
    'generation_succeeded',
    { ...comic, generationId: 'g1', credits: 2, processingMs: 1000 },
  ],
  [
    'ann',
    '2026-03-31T10:00Z',
    'generation_succeeded',
    { ...comic, generationId: 'g2', credits: 2, processingMs: 3000 },
  ],
  [
    'hal',
    '2026-03-31T12:00Z',
    'generation_failed',
    { ...comic, errorType: 'safety_block', processingMs: 9000 },
  ],
  ['cat', '2026-03-30T12:00Z', 'generation_refunded', { generationId: 'g3' }],
  ['ann', '2026-03-31T11:00Z', 'generation_refunded', { generationId: 'g1' }],
  ['bob', '2026-03-31T11:30Z', 'generation_refunded', { generationId: 'unknown' }],
]

onBothEngines('effects', (test) => {
  async function write() {
    const uids = await writeBlueprint(test.db, () => rollUp(test.db, now))
    const events = pictures.map(([name, at, type, props]) => ({
      uid: uids[name],
      type,
      at: Date.parse(at),
      id: `${type} ${at}`,
      props,
    }))
    await test.db.transaction((tx) => track(tx, events))
    await rollUp(test.db, now)
  }
  const effects = (params: StatParams['effects']) => ask(test.db, 'effects', { params, now })
  const names = (params: Partial<PeopleParams['effects']>) =>
    askNames(test.db, 'effects', { params: { ...week, cell: 'uses', ...params }, now })

  it('counts pictures by effect, refunds on their own day', async () => {
    await write()
    const answer = await effects(week)
    const [first, second, third] = answer.effects
    expect(first).toMatchObject({
      effectId: 'comic',
      uses: 3,
      users: 2,
      succeeded: 2,
      failed: 1,
      successRate: 2 / 3,
      failures: [{ errorType: 'safety_block', count: 1, users: 1 }],
      p50Ms: 2000,
      p95Ms: 2900,
      refunds: 2,
      credits: 4,
    })
    expect(second).toMatchObject({
      effectId: 'duotone',
      uses: 2,
      users: 2,
      successRate: 0.5,
      failures: [{ errorType: 'timeout', count: 1, users: 1 }],
      p50Ms: null,
      refunds: 0,
      credits: 0,
    })
    expect(third).toMatchObject({ effectId: 'noir', uses: 0, successRate: null, failures: [] })
    expect(answer.effects.length).toBe(8)
    expect(answer.total).toMatchObject({ uses: 5, users: 4, succeeded: 3, failed: 2, refunds: 3, credits: 4 })
  })

  it('attributes revenue by the price of a credit: 550 − 200 Stars for 10 + 150 − 50 credits', async () => {
    await write()
    const { current, previous, effects: rows, total } = await effects(week)
    expect(current).toEqual({
      from: '2026-03-25',
      to: '2026-03-31',
      creditPrice: { amount: 350 / 110, currency: 'XTR' },
    })
    expect(rows[0].revenue.amount).toBeCloseTo((4 * 350) / 110, 10)
    expect(total.revenue.amount).toBeCloseTo((4 * 350) / 110, 10)
    expect(previous).toEqual({ from: '2026-03-18', to: '2026-03-24', creditPrice: null })
    expect(rows[0].previous).toMatchObject({ uses: 1, users: 1, p50Ms: 5000, credits: 1, revenue: null })
    // Who pays nothing spends credits all the same: conditions on people do not narrow the price.
    const where = [{ scope: 'user', key: 'purchases', op: 'eq', value: 0 }] as const
    expect((await effects({ ...week, where: [...where] })).current).toEqual(current)
  })

  it('draws a point for each day', async () => {
    await write()
    const { effects: rows } = await effects(week)
    expect(rows[0].points.map(({ uses, users }: { uses: number; users: number }) => [uses, users])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
      [2, 2],
    ])
    expect(rows[0].points[6]).toMatchObject({ start: '2026-03-31', complete: true })
  })

  it('lists the people behind each figure', async () => {
    await write()
    expect(await names({})).toBe('gus hal ann dan')
    expect(await names({ effectId: 'comic' })).toBe('hal ann')
    expect(await names({ effectId: 'comic', cell: 'succeeded' })).toBe('ann')
    expect(await names({ cell: 'failed', errorType: 'timeout' })).toBe('dan')
    expect(await names({ effectId: 'comic', cell: 'refunds' })).toBe('cat ann')
    expect(await names({ effectId: 'comic', start: '2026-03-30' })).toBe('ann')
    expect(await names({ effectId: 'nothing of that name' })).toBe('')
    expect(await names({ includeStaff: true, effectId: 'comic', cell: 'succeeded' })).toBe('ann jon')
  })

  it('obeys conditions on events and on people', async () => {
    await write()
    const slow = { scope: 'event' as const, key: 'processingMs', op: 'gt' as const, value: 2000 }
    const english = { scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'en' }
    expect((await effects({ ...week, where: [slow] })).total).toMatchObject({ uses: 2, users: 2, refunds: 0 })
    expect((await effects({ ...week, where: [english] })).total).toMatchObject({
      uses: 3,
      users: 2,
      refunds: 2,
    })
  })

  it('compares with nothing where nothing was recorded before', async () => {
    await write()
    const { previous, total } = await effects({ from: '2025-12-30', to: '2025-12-31' })
    expect([previous, total.previous, total.uses, total.successRate]).toEqual([null, null, 0, null])
  })
})

import { track } from '@botdeck/shared/actions/track'
import { TrendParams, TrendPeopleParams } from '@botdeck/shared/contract/stats/trend'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { describe, expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const spring = { from: '2026-03-27', to: '2026-04-05' }
const activity = { ...spring, event: { event: null } }
const viewed = { from: '2025-12-30', to: '2026-04-01', interval: 'month', event: { event: 'effect_viewed' } }
const paid = { ...spring, event: { event: 'payment_completed' }, property: 'amount' }
const byEffect = { scope: 'event', key: 'effectId' }
const byLanguage = { scope: 'user', key: 'language' }

interface Series {
  value?: string | null
  other?: true
  total: number | null
  points: { value: number | null }[]
}

const line = ({ value, other, total, points }: Series) =>
  `${other ? '(other)' : String(value)} ${total}: ${points.map((point) => String(point.value)).join(' ')}`

onBothEngines('trend', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const trend = (params: object) => ask(test.db, 'trend', { params: TrendParams.parse(params), now })
  const names = (params: object) =>
    askNames(test.db, 'trend', { params: TrendPeopleParams.parse(params), now })
  const lines = async (params: object): Promise<string[]> => (await trend(params)).breakdown.map(line)
  const whole = async (params: object) => {
    const { total, points } = await trend(params)
    return [total, ...points.map(({ value }: { value: number | null }) => value)]
  }

  it('counts events and distinct people, of each period and of the whole range', async () => {
    await write()
    expect(await whole({ ...activity, measure: 'events' })).toEqual([17, 1, 3, 3, 4, 3, 3])
    expect(await whole({ ...activity, measure: 'users' })).toEqual([8, 1, 2, 2, 4, 3, 2])
    const { points, breakdown } = await trend({ ...activity, measure: 'users' })
    expect(breakdown).toBe(undefined)
    expect([points[2], points[5]]).toEqual([
      { start: '2026-03-29', startsAt: '2026-03-28T23:00:00.000Z', value: 2, complete: true },
      { start: '2026-04-01', startsAt: '2026-03-31T22:00:00.000Z', value: 2, complete: false },
    ])
  })

  it('adds up and averages a property; the average of nothing is null', async () => {
    await write()
    expect(await whole({ ...paid, measure: 'sum' })).toEqual([1049, 0, 0, 50, 0, 999, 0])
    expect(await whole({ ...paid, measure: 'average' })).toEqual([
      1049 / 3,
      null,
      null,
      50,
      null,
      499.5,
      null,
    ])
  })

  it('takes numbers and numeric text, and leaves out what is neither', async () => {
    const uids = await write()
    const at = Date.parse('2026-03-31T12:00Z')
    const values = [5, '7.5', '', 'many', true, null, ' 2 ']
    const batch = values.map((level) => ({ uid: uids.kim, type: 'level_up', at, props: { level } }))
    await test.db.transaction((tx) =>
      track(tx, [...batch, { uid: uids.lea, type: 'level_up', at, props: {} }]),
    )
    await rollUp(test.db, now)
    const levels = { ...spring, event: { event: 'level_up' }, property: 'level' }
    expect((await whole({ ...levels, measure: 'sum' }))[0]).toBe(14.5)
    expect((await whole({ ...levels, measure: 'average' }))[0]).toBe(14.5 / 3)
    expect((await whole({ ...levels, measure: 'events' }))[0]).toBe(8)
    expect(await names({ ...levels, measure: 'sum' })).toBe('kim')
    expect(await names({ ...levels, measure: 'users' })).toBe('kim lea')
  })

  it('counts of a cut period what lies in the range', async () => {
    await write()
    const range = { from: '2026-03-30T09:00', to: '2026-03-31T10:59:59' }
    expect(await whole({ ...activity, ...range, measure: 'events' })).toEqual([4, 3, 1])
    const week = { ...activity, interval: 'week', measure: 'users', from: '2026-03-28' }
    expect(await whole(week)).toEqual([7, 3, 7])
    expect(await whole({ ...week, weekStart: 'sunday' })).toEqual([7, 2, 7])
    const { points } = await trend(week)
    expect(points.map(({ complete }: { complete: boolean }) => complete)).toEqual([false, false])
  })

  it('breaks down by a property: ties by value, then missing, then the others', async () => {
    await write()
    const events = { ...viewed, measure: 'events' }
    expect(await lines({ ...events, breakdown: byEffect })).toEqual([
      'comic 3: 1 0 0 2 0',
      'pixel 3: 0 1 0 1 1',
    ])
    expect(await lines({ ...activity, measure: 'events', breakdown: { ...byEffect, limit: 1 } })).toEqual([
      'comic 2: 0 0 1 0 1 0',
      'null 11: 1 2 2 2 2 2',
      '(other) 4: 0 1 0 2 0 1',
    ])
  })

  it('counts a person under each value they had, and once among the others', async () => {
    await write()
    const users = { ...activity, measure: 'users', breakdown: { ...byEffect, limit: 1 } }
    // gus among the others twice: with duotone on the 30th and pixel on 1 April; dan on the 30th as well, cat on the 28th.
    expect(await lines(users)).toEqual([
      'comic 2: 0 0 1 0 1 0',
      'null 7: 1 1 2 2 2 1',
      '(other) 3: 0 1 0 2 0 1',
    ])
    expect(await names({ ...users, other: true })).toBe('gus cat dan')
    expect(await names({ ...users, other: true, start: '2026-03-30' })).toBe('gus dan')
    expect(await names({ ...users, breakdownValue: 'comic' })).toBe('hal fay')
    expect(await names({ ...users, breakdownValue: 'pixel' })).toBe('gus cat')
    expect(await names({ ...users, breakdownValue: null, start: '2026-03-29' })).toBe('gus fay')
  })

  it('adds up one property by the values of another', async () => {
    await write()
    const sums = { ...paid, measure: 'sum', breakdown: { scope: 'event', key: 'packageId', limit: 2 } }
    expect(await lines(sums)).toEqual([
      'pkg_150 500: 0 0 0 0 500 0',
      'pkg_eur 499: 0 0 0 0 499 0',
      '(other) 50: 0 0 50 0 0 0',
    ])
    expect(await lines({ ...sums, measure: 'average', breakdown: byLanguage })).toEqual([
      'de 499: null null null null 499 null',
      'en 275: null null 50 null 500 null',
    ])
    expect(await lines({ ...sums, breakdown: { scope: 'event', key: 'amount' } })).toEqual([
      '500 500: 0 0 0 0 500 0',
      '499 499: 0 0 0 0 499 0',
      '50 50: 0 0 50 0 0 0',
    ])
  })

  it('breaks down by what people are now, and by all of their segments', async () => {
    await write()
    expect(await lines({ ...activity, measure: 'events', breakdown: byLanguage })).toEqual([
      'en 9: 0 2 3 2 1 1',
      'de 8: 1 1 0 2 2 2',
    ])
    const source = { ...activity, measure: 'events', breakdown: { scope: 'user', key: 'plan' } }
    expect(await lines(source)).toEqual(['null 17: 1 3 3 4 3 3'])
    const segments = { ...activity, measure: 'users', breakdown: { scope: 'user', key: 'segment' } }
    // fay and cat have paid; eva, fay, gus, hal and max are new; ann and dan are in none.
    const found = await lines(segments)
    expect(found.map((text) => text.split(':')[0])).toEqual(['new 4', 'paying 2', 'null 3'])
    expect(await names({ ...segments, breakdownValue: 'paying' })).toBe('cat fay')
  })

  it('applies conditions of the step and of the whole, and leaves staff out unless asked for', async () => {
    await write()
    const where = [{ scope: 'user', key: 'language', op: 'eq', value: 'en' }]
    expect(await whole({ ...activity, measure: 'events', where })).toEqual([9, 0, 2, 3, 2, 1, 1])
    const comic = { event: null, where: [{ scope: 'event', key: 'effectId', op: 'eq', value: 'comic' }] }
    expect(await whole({ ...activity, event: comic, measure: 'events' })).toEqual([2, 0, 0, 1, 0, 1, 0])
    expect(await whole({ ...activity, measure: 'users', includeStaff: true })).toEqual([10, 1, 2, 2, 4, 5, 3])
    expect(await names({ ...activity, measure: 'events', start: '2026-03-30' })).toBe('gus hal dan ann')
  })

  it('answers types that nobody sent, and a range that has not begun', async () => {
    await write()
    const nobody = { ...spring, to: '2026-03-28', event: { event: 'nobody' }, property: 'x' }
    expect(await whole({ ...nobody, measure: 'users', breakdown: byEffect })).toEqual([0, 0, 0])
    expect(await lines({ ...nobody, measure: 'users', breakdown: byEffect })).toEqual([])
    expect(await whole({ ...nobody, measure: 'average' })).toEqual([null, null, null])
    const later = { ...activity, from: '2026-04-02', to: '2026-04-05', measure: 'events' }
    expect(await whole(later)).toEqual([0])
  })
})

describe('TrendParams', () => {
  const fieldOf = (schema: typeof TrendParams | typeof TrendPeopleParams, params: object) =>
    schema.safeParse(params).error?.issues[0]?.path.join('.')

  it('asks for a property where numbers are added up', () => {
    expect(fieldOf(TrendParams, { ...activity, measure: 'sum' })).toBe('property')
    expect(fieldOf(TrendParams, { ...activity, measure: 'average' })).toBe('property')
    expect(fieldOf(TrendParams, { ...activity, measure: 'users' })).toBe(undefined)
  })

  it('refuses a line of a breakdown where there is none', () => {
    const users = { ...activity, measure: 'users' }
    expect(fieldOf(TrendPeopleParams, { ...users, breakdownValue: 'x' })).toBe('breakdownValue')
    expect(fieldOf(TrendPeopleParams, { ...users, other: true })).toBe('other')
    expect(fieldOf(TrendPeopleParams, { ...users, breakdown: byEffect, breakdownValue: 1 })).toBe(undefined)
  })
})

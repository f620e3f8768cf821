import { FunnelParams, FunnelPeopleParams } from '@botdeck/shared/contract/stats/funnel'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const range = { from: '2025-12-30', to: '2026-04-01' }
const started = { event: 'started' }
const viewed = { event: 'effect_viewed' }
const paid = { event: 'payment_completed' }
const purchase = { ...range, steps: [started, viewed, paid] }
const byLanguage = { scope: 'user', key: 'language' }
const byEffect = { scope: 'event', key: 'effectId' }

interface Row {
  value?: string | null
  other?: true
  steps: { users: number; lost: number; open: number; medianSeconds: number | null }[]
}

interface Point {
  start: string
  entered: number
  converted: number
  rate: number | null
  complete: boolean
}

onBothEngines('the reports of a funnel', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const funnel = (params: object) => ask(test.db, 'funnel', { params: FunnelParams.parse(params), now })
  const names = (params: object) =>
    askNames(test.db, 'funnel', { params: FunnelPeopleParams.parse(params), now })

  /** Each row as its name and its steps, `users (lost, open)`. */
  async function rows(params: object): Promise<string[]> {
    const { breakdown } = await funnel(params)
    return breakdown.map(({ value, other, steps }: Row) =>
      [other ? 'other' : `${value}:`, ...steps.map((s) => `${s.users} (${s.lost}, ${s.open})`)].join(' '),
    )
  }

  /** Each point as its start, entered, converted and rate, a star where it is not complete. */
  async function points(params: object): Promise<string[]> {
    const answer = await funnel({ ...params, report: 'trend' })
    return answer.points.map(
      ({ start, entered, converted, rate, complete }: Point) =>
        `${start} ${entered} ${converted} ${rate}${complete ? '' : ' *'}`,
    )
  }

  it('are broken down by a field of people, those with most first', async () => {
    await write()
    expect(await rows({ ...purchase, breakdown: byLanguage })).toEqual([
      'de: 5 (0, 0) 1 (2, 2) 0 (0, 1)',
      'en: 4 (0, 0) 3 (1, 0) 1 (1, 1)',
    ])
    const { steps, conversion, breakdown } = await funnel({ ...purchase, breakdown: byLanguage })
    expect(steps[0].users).toBe(9)
    expect(conversion).toMatchObject({ users: 1, rate: 1 / 9 })
    expect(breakdown[0].steps[1]).toEqual({
      event: 'effect_viewed',
      users: 1,
      rateFromStart: 1 / 5,
      rateFromPrevious: 1 / 5,
      lost: 2,
      open: 2,
      medianSeconds: 72_000,
      averageSeconds: 72_000,
    })
  })

  it('put values beyond the limit together, and people without one apart', async () => {
    await write()
    const one = { ...purchase, breakdown: { ...byLanguage, limit: 1 } }
    expect(await rows(one)).toEqual(['de: 5 (0, 0) 1 (2, 2) 0 (0, 1)', 'other 4 (0, 0) 3 (1, 0) 1 (1, 1)'])
    expect(await names({ ...one, step: 0, breakdownValue: 'de' })).toBe('max cat hal dan eva')
    expect(await names({ ...one, step: 0, other: true })).toBe('gus fay ann bob')
    expect(await names({ ...one, step: 1, which: 'lost', other: true })).toBe('bob')
    // A value is asked for by its name, shown or not.
    expect(await names({ ...one, step: 2, breakdownValue: 'en' })).toBe('fay')
    const byPlan = { ...purchase, breakdown: { scope: 'user', key: 'plan' } }
    expect(await rows(byPlan)).toEqual(['null: 9 (0, 0) 4 (3, 2) 1 (1, 2)'])
    expect(await names({ ...byPlan, step: 2, breakdownValue: null })).toBe('fay')
    expect(await names({ ...byPlan, step: 0, breakdownValue: 'pro' })).toBe('')
  })

  it('are broken down by the event that opened the attempt that counts', async () => {
    await write()
    // ann viewed comic, then pixel: the earlier attempt gets as far.
    const params = { ...range, steps: [viewed, { event: null }], breakdown: byEffect }
    expect(await rows(params)).toEqual(['comic: 3 (0, 0) 2 (0, 1)', 'pixel: 2 (0, 0) 1 (0, 1)'])
    expect(await names({ ...params, step: 0, breakdownValue: 'comic' })).toBe('hal fay ann')
    expect(await rows({ ...purchase, breakdown: byEffect })).toEqual(['null: 9 (0, 0) 4 (3, 2) 1 (1, 2)'])
    // Unordered, the first event of the attempt stands for step 1: cat viewed pixel, fay paid.
    const either = { ...range, steps: [paid, viewed], order: 'unordered', breakdown: byEffect }
    expect(await rows(either)).toEqual([
      'comic: 2 (0, 0) 0 (1, 1)',
      'pixel: 2 (0, 0) 1 (0, 1)',
      'null: 2 (0, 0) 1 (1, 0)',
    ])
  })

  it('count people under every segment that they are in', async () => {
    await write()
    const params = { ...range, steps: [started, viewed], breakdown: { scope: 'user', key: 'segment' } }
    const { breakdown } = await funnel(params)
    const paying = breakdown.find(({ value }: Row) => value === 'paying')
    expect(paying.steps[0].users).toBe(3)
    expect(await names({ ...params, step: 0, breakdownValue: 'paying' })).toBe('cat fay bob')
  })

  it('show conversion by the period in which attempts began', async () => {
    await write()
    const params = {
      ...range,
      from: '2026-03-27',
      steps: [started, viewed],
      window: { value: 2, unit: 'day' },
    }
    // gus took 69 hours; hal converted, but what began on her day may convert until tomorrow.
    expect(await points(params)).toEqual([
      '2026-03-27 1 0 0',
      '2026-03-28 1 1 1',
      '2026-03-29 1 0 0',
      '2026-03-30 1 1 1 *',
      '2026-03-31 0 0 null',
      '2026-04-01 1 0 0 *',
    ])
    const trend = { ...params, report: 'trend' }
    expect(await names({ ...trend, start: '2026-03-28', which: 'converted' })).toBe('fay')
    expect(await names({ ...trend, start: '2026-03-29' })).toBe('gus')
    expect(await names({ ...trend, start: '2026-03-28T23:00:00.000Z', which: 'entered' })).toBe('gus')
    await expect(names({ ...trend, start: '2026-04-02' })).rejects.toMatchObject({ field: 'start' })
  })

  it('show the conversion between any two steps, by any period', async () => {
    await write()
    const params = { ...purchase, from: '2026-03-23', interval: 'week', fromStep: 1, toStep: 2 }
    expect(await points(params)).toEqual(['2026-03-23 2 1 0.5 *', '2026-03-30 1 0 0 *'])
    expect(await points({ ...params, weekStart: 'saturday' })).toEqual([
      '2026-03-21 0 0 null *',
      '2026-03-28 3 1 0.3333333333333333 *',
    ])
    expect(await names({ ...params, report: 'trend', start: '2026-03-23' })).toBe('gus fay')
    const hours = {
      ...params,
      from: '2026-03-29T01:00',
      to: '2026-03-29T04:59',
      interval: 'hour',
      fromStep: 0,
    }
    expect(await points(hours)).toEqual([
      '2026-03-29T01:00 0 0 null',
      '2026-03-29T03:00 1 0 0 *',
      '2026-03-29T04:00 0 0 null',
    ])
  })

  it('are empty where nothing is', async () => {
    expect(await rows({ ...purchase, breakdown: byLanguage })).toEqual([])
    expect(await points({ ...purchase, from: '2026-03-31', to: '2026-04-02' })).toEqual([
      '2026-03-31 0 0 null',
      '2026-04-01 0 0 null *',
    ])
  })
})

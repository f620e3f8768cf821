import { StickinessParams, StickinessPeopleParams } from '@botdeck/shared/contract/stats/stickiness'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const spring = { from: '2026-03-27', to: '2026-04-05' }

onBothEngines('stickiness', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const stickiness = (params: object) =>
    ask(test.db, 'stickiness', { params: StickinessParams.parse(params), now })
  const names = (params: object) =>
    askNames(test.db, 'stickiness', { params: StickinessPeopleParams.parse(params), now })

  /** People by exactly 1, 2, 3 … periods, and by at least so many. */
  async function columns(params: object): Promise<number[][]> {
    const answer = await stickiness(params)
    const users = (rows: { users: number }[]) => rows.map((row) => row.users)
    return [users(answer.exactly), users(answer.atLeast)]
  }

  it('counts people by the days on which they were active, zeros included', async () => {
    await write()
    const answer = await stickiness(spring)
    expect(answer.totalUsers).toBe(8)
    expect(answer.complete).toBe(false)
    expect(answer.exactly.at(-1)).toEqual({ periods: 6, users: 0 })
    expect(await columns(spring)).toEqual([
      [4, 2, 2, 0, 0, 0],
      [8, 4, 2, 0, 0, 0],
    ])
    expect(await names({ ...spring, periods: 2 })).toBe('cat hal')
    expect(await names({ ...spring, periods: 2, which: 'atLeast' })).toBe('gus cat hal fay')
    expect(await names({ ...spring, periods: 6 })).toBe('')
  })

  it('counts calendar periods, weeks from the day asked for', async () => {
    await write()
    const weeks = { ...spring, interval: 'week' }
    expect(await columns(weeks)).toEqual([
      [5, 3],
      [8, 3],
    ])
    expect(await columns({ ...weeks, weekStart: 'sunday' })).toEqual([
      [6, 2],
      [8, 2],
    ])
    const year = { from: '2025-12-30', to: '2026-04-01', interval: 'year' }
    // ann and bob were there in both years.
    expect(await columns(year)).toEqual([
      [7, 2],
      [9, 2],
    ])
  })

  it('counts the event asked for, and what lies in the range alone', async () => {
    await write()
    const event = { event: 'effect_viewed' }
    expect(await columns({ ...spring, event })).toEqual([
      [4, 0, 0, 0, 0, 0],
      [4, 0, 0, 0, 0, 0],
    ])
    const where = [{ scope: 'user', key: 'language', op: 'eq', value: 'en' }]
    expect((await columns({ ...spring, where }))[0]).toEqual([1, 0, 2, 0, 0, 0])
    const cut = { from: '2026-03-29T12:00', to: '2026-03-30T12:00' }
    expect(await columns(cut)).toEqual([
      [3, 0],
      [3, 0],
    ])
    expect((await stickiness({ ...spring, includeStaff: true })).totalUsers).toBe(10)
  })

  it('answers an empty range', async () => {
    await rollUp(test.db, now)
    expect(await columns({ from: '2026-03-30', to: '2026-03-31' })).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(await columns({ from: '2026-04-02', to: '2026-04-03' })).toEqual([[], []])
  })
})

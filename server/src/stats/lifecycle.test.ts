import { LifecycleParams, LifecyclePeopleParams } from '@botdeck/shared/contract/stats/lifecycle'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const spring = { from: '2026-03-27', to: '2026-04-05' }

onBothEngines('lifecycle', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const lifecycle = (params: object) =>
    ask(test.db, 'lifecycle', { params: LifecycleParams.parse(params), now })
  const names = (params: object) =>
    askNames(test.db, 'lifecycle', { params: LifecyclePeopleParams.parse(params), now })

  /** Each point as `start: new returning resurrecting dormant`, a star where it is not complete. */
  async function lines(params: object): Promise<string[]> {
    const { points } = await lifecycle(params)
    return points.map((p: Record<string, unknown>) => {
      const start = String(p.start).slice(5)
      return `${start}: ${p.new} ${p.returning} ${p.resurrecting} ${p.dormant}${p.complete ? '' : ' *'}`
    })
  }

  const springDays = [
    '03-27: 1 0 0 0',
    '03-28: 1 0 1 1',
    '03-29: 1 1 0 1',
    '03-30: 1 1 2 1',
    '03-31: 0 1 2 3',
    '04-01: 1 0 1 3 *',
  ]

  it('tells who is new, returns, comes back and stays away, by all of their history', async () => {
    await write()
    expect(await lines(spring)).toEqual(springDays)
    const { points } = await lifecycle(spring)
    expect(points.map(({ pulse }: { pulse: number | null }) => pulse)).toEqual([null, 2, 1, 3, 2 / 3, 2 / 3])
    expect(points[1].startsAt).toBe('2026-03-27T23:00:00.000Z')
  })

  it('looks one period back before the range', async () => {
    await write()
    expect(await lines({ from: '2026-03-31', to: '2026-03-31' })).toEqual(['03-31: 0 1 2 3'])
  })

  it('lists the people of each state', async () => {
    await write()
    const start = '2026-03-31'
    expect(await names({ ...spring, start, which: 'returning' })).toBe('hal')
    expect(await names({ ...spring, start, which: 'resurrecting' })).toBe('cat fay')
    expect(await names({ ...spring, start, which: 'dormant' })).toBe('gus dan ann')
    expect(await names({ ...spring, start: '2026-03-28', which: 'new' })).toBe('fay')
    await expect(names({ ...spring, start: '2026-04-02', which: 'new' })).rejects.toMatchObject({
      field: 'start',
    })
  })

  it('widens the periods at the edges to whole ones', async () => {
    await write()
    const months = { from: '2026-03-30', to: '2026-04-01', interval: 'month' }
    expect(await lines(months)).toEqual(['03-01: 4 0 3 0', '04-01: 1 1 0 6 *'])
    const day = { from: '2026-03-28T11:00', to: '2026-03-28T12:00' }
    expect(await lines(day)).toEqual(['03-28: 1 0 1 1'])
    expect(await names({ ...months, start: '2026-04-01', which: 'dormant' })).toBe('cat hal fay dan ann eva')
  })

  it('means the events asked for throughout, all history included', async () => {
    await write()
    expect(await lines({ ...spring, event: { event: 'effect_viewed' } })).toEqual([
      '03-27: 0 0 0 0',
      '03-28: 1 0 0 0',
      '03-29: 1 0 0 1',
      '03-30: 0 0 0 1',
      '03-31: 1 0 0 0',
      '04-01: 1 0 0 1 *',
    ])
    const pixel = [{ scope: 'event', key: 'effectId', op: 'eq', value: 'pixel' }]
    // ann saw it first on 1 January.
    const year = { from: '2026-01-01', to: '2026-04-01', interval: 'month', where: pixel }
    expect(await lines(year)).toEqual([
      '01-01: 1 0 0 0',
      '02-01: 0 0 0 1',
      '03-01: 1 0 0 0',
      '04-01: 1 0 0 1 *',
    ])
    // A condition that every event meets changes nothing, though rows are read for it.
    const any = [{ scope: 'event', key: 'nothing', op: 'is_not_set' }]
    expect(await lines({ ...spring, where: any })).toEqual(springDays)
  })

  it('narrows to people, and leaves staff out unless asked for', async () => {
    await write()
    const where = [{ scope: 'user', key: 'language', op: 'eq', value: 'en' }]
    expect(await lines({ ...spring, where })).toEqual([
      '03-27: 0 0 0 0',
      '03-28: 1 0 0 0',
      '03-29: 1 1 0 0',
      '03-30: 0 1 1 1',
      '03-31: 0 0 1 2',
      '04-01: 0 0 1 1 *',
    ])
    const staff = { from: '2026-04-01', to: '2026-04-01', includeStaff: true }
    expect(await lines(staff)).toEqual(['04-01: 1 1 1 4 *'])
  })

  it('tells hours apart, from the events', async () => {
    await write()
    const hours = { from: '2026-03-28T09:00', to: '2026-03-28T12:00', interval: 'hour' }
    expect(await lines(hours)).toEqual([
      '03-28T09:00: 0 0 0 0',
      '03-28T10:00: 1 0 0 0',
      '03-28T11:00: 0 0 0 1',
      '03-28T12:00: 0 0 0 0',
    ])
  })

  it('answers an empty database', async () => {
    await rollUp(test.db, now)
    expect(await lines({ from: '2026-03-31', to: '2026-03-31' })).toEqual(['03-31: 0 0 0 0'])
    expect(await lines({ from: '2026-04-02', to: '2026-04-03' })).toEqual([])
  })
})

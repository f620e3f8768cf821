import { personOf, setBlocked, upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, isFromCells, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const spring = { from: '2026-03-27', to: '2026-04-05' }
const english = [{ scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'en' }]
const pixel = [{ scope: 'event' as const, key: 'effectId', op: 'eq' as const, value: 'pixel' }]

onBothEngines('activity', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const names = (params: PeopleParams['activity']) => askNames(test.db, 'activity', { params, now })

  /** Each point as `start: DAU WAU MAU new`, a star where it is not complete. */
  async function lines(params: StatParams['activity'], at = now): Promise<string[]> {
    const { points } = await ask(test.db, 'activity', { params, now: at })
    return points.map((p: Record<string, unknown>) => {
      const day = String(p.start).slice(5)
      return `${day}: ${p.dau} ${p.wau} ${p.mau} ${p.newUsers}${p.complete ? '' : ' *'}`
    })
  }

  it('counts days, and the windows of 7 and 30 days that end with them', async () => {
    await write()
    const expected = [
      '03-27: 1 1 1 0',
      '03-28: 2 3 3 1',
      '03-29: 2 4 4 1',
      '03-30: 4 7 7 1',
      '03-31: 3 7 7 1',
      '04-01: 2 8 8 1 *',
    ]
    expect(await lines(spring)).toEqual(expected)
    expect(await isFromCells(test.db, 'activity', { params: spring, now })).toBe(true)
    const { points, timezone } = await ask(test.db, 'activity', { params: spring, now })
    expect(timezone).toBe('Europe/Berlin')
    expect(points[2]).toEqual({
      start: '2026-03-29',
      startsAt: '2026-03-28T23:00:00.000Z',
      dau: 2,
      wau: 4,
      mau: 4,
      ratio: 0.5,
      newUsers: 1,
      complete: true,
    })
  })

  it('lets people fall out of the windows after 7 and 30 days', async () => {
    await write()
    expect(await lines({ from: '2026-01-05', to: '2026-01-12' })).toEqual([
      '01-05: 1 4 4 1',
      '01-06: 0 4 4 0',
      '01-07: 0 4 4 0',
      '01-08: 0 3 4 0',
      '01-09: 0 1 4 0',
      '01-10: 0 1 4 0',
      '01-11: 0 1 4 0',
      '01-12: 0 0 4 0',
    ])
    expect(await lines({ from: '2026-01-29', to: '2026-02-04' })).toEqual([
      '01-29: 0 0 4 0',
      '01-30: 0 0 4 0',
      '01-31: 0 0 3 0',
      '02-01: 0 0 1 0',
      '02-02: 0 0 1 0',
      '02-03: 0 0 1 0',
      '02-04: 0 0 0 0',
    ])
    const { points } = await ask(test.db, 'activity', {
      params: { from: '2026-02-04', to: '2026-02-04' },
      now,
    })
    expect(points[0].ratio).toBe(null)
  })

  it('leaves staff out unless asked for', async () => {
    await write()
    const params = { from: '2026-03-31', to: '2026-04-01', includeStaff: true }
    expect(await lines(params)).toEqual(['03-31: 5 9 9 3', '04-01: 3 10 10 1 *'])
    expect(await names({ ...params, cell: 'newUsers', start: '2026-03-31' })).toBe('ivy jon lea')
  })

  it('applies conditions; new people obey those on people alone', async () => {
    await write()
    const params = { from: '2026-03-30', to: '2026-04-01' }
    expect(await lines({ ...params, where: english })).toEqual([
      '03-30: 2 3 3 0',
      '03-31: 1 3 3 0',
      '04-01: 1 3 3 0 *',
    ])
    expect(await lines({ ...params, where: pixel })).toEqual([
      '03-30: 0 1 1 1',
      '03-31: 0 1 1 1',
      '04-01: 1 2 2 1 *',
    ])
    expect(await lines({ ...params, where: [...english, ...pixel] })).toEqual([
      '03-30: 0 0 0 0',
      '03-31: 0 0 0 0',
      '04-01: 1 1 1 0 *',
    ])
    expect(await names({ ...params, where: pixel, cell: 'wau', start: '2026-04-01' })).toBe('gus cat')
  })

  it('counts of a cut day what lies in the range, and the windows of whole days', async () => {
    await write()
    const params = { from: '2026-03-30T14:00', to: '2026-03-31T10:00' }
    expect(await lines(params)).toEqual(['03-30: 2 7 7 1 *', '03-31: 1 7 7 0 *'])
    expect(await names({ ...params, cell: 'dau', start: '2026-03-30' })).toBe('hal dan')
  })

  it('lists people by a point’s day or instant, and refuses other points', async () => {
    await write()
    expect(await names({ ...spring, cell: 'dau', start: '2026-03-30' })).toBe('gus hal dan ann')
    expect(await names({ ...spring, cell: 'dau', start: '2026-03-29T22:00:00.000Z' })).toBe('gus hal dan ann')
    expect(await names({ ...spring, cell: 'mau', start: '2026-04-01' })).toBe(
      'max gus cat hal fay dan ann eva',
    )
    const start = '2026-04-02'
    await expect(names({ ...spring, cell: 'dau', start })).rejects.toMatchObject({ field: 'start' })
  })

  it('answers an empty database, and one person who never acted', async () => {
    const params = { from: '2026-03-31', to: '2026-03-31' }
    await rollUp(test.db, now)
    const empty = await ask(test.db, 'activity', { params: { from: '2026-04-02', to: '2026-04-02' }, now })
    expect(empty.points).toEqual([])
    expect(await lines(params)).toEqual(['03-31: 0 0 0 0'])
    await test.db.transaction(async (tx) => {
      const { person } = await upsertPerson(tx, { telegramId: 1 }, now)
      const at = Date.parse('2026-03-31T11:00Z')
      await setBlocked(tx, await personOf(tx, person.uid), { blocked: true, at })
      await track(tx, [{ uid: person.uid, type: 'bot_blocked', at }])
    })
    await rollUp(test.db, now)
    expect(await lines(params)).toEqual(['03-31: 0 0 0 1'])
  })
})

import { setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, askPage, isFromCells, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const today = { from: '2026-04-01', to: '2026-04-01' }
const week = { from: '2026-03-25', to: '2026-03-31' }
const month = { from: '2025-12-30', to: '2026-01-28' }
const stars = (amount: number) => ({ amount, currency: 'XTR' })
const english = [{ scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'en' }]

onBothEngines('overview', (test) => {
  const overview = (params: StatParams['overview'], at = now) => ask(test.db, 'overview', { params, now: at })
  const names = (params: PeopleParams['overview']) => askNames(test.db, 'overview', { params, now })
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))

  it('compares a running day with the day before until the same quarter hour', async () => {
    await write()
    // First activity on 27 to 30 March: eva, fay, gus and hal; all but eva came back the day after.
    const retention = { d1: 3 / 4, d7: null, d30: null }
    expect(await overview(today)).toEqual({
      asOf: '2026-04-01T10:07:00.000Z',
      timezone: 'Europe/Berlin',
      current: {
        from: '2026-04-01',
        to: '2026-04-01T10:07:00.000Z',
        active: 2,
        newUsers: 1,
        payers: 0,
        net: stars(0),
        generations: 0,
        successRate: null,
        retention,
      },
      previous: {
        from: '2026-03-31',
        to: '2026-03-31T10:00:00.000Z',
        active: 2,
        newUsers: 0,
        payers: 1,
        net: stars(500),
        generations: 0,
        successRate: null,
        retention,
      },
      points: [
        {
          start: '2026-04-01',
          startsAt: '2026-03-31T22:00:00.000Z',
          active: 2,
          newUsers: 1,
          net: stars(0),
          generations: 0,
          complete: false,
        },
      ],
    })
    expect(await isFromCells(test.db, 'overview', { params: today, now })).toBe(true)
  })

  it('counts seven days across the change of clocks, refunds on their day', async () => {
    await write()
    const { current, previous, points } = await overview(week)
    expect(current).toEqual({
      from: '2026-03-25',
      to: '2026-03-31',
      active: 7,
      newUsers: 4,
      payers: 2,
      net: stars(350),
      generations: 2,
      successRate: 0.5,
      retention: { d1: 3 / 4, d7: null, d30: null },
    })
    expect(previous).toMatchObject({ from: '2026-03-18', to: '2026-03-24', active: 0, net: stars(0) })
    expect(previous.retention).toEqual({ d1: null, d7: null, d30: null })
    const lines = points.map((p: Record<string, unknown> & { net: { amount: number } }) =>
      [p.start, p.startsAt, p.active, p.newUsers, p.net.amount, p.generations, p.complete].join(' '),
    )
    expect(lines).toEqual([
      '2026-03-25 2026-03-24T23:00:00.000Z 0 0 0 0 true',
      '2026-03-26 2026-03-25T23:00:00.000Z 0 0 0 0 true',
      '2026-03-27 2026-03-26T23:00:00.000Z 1 0 0 0 true',
      '2026-03-28 2026-03-27T23:00:00.000Z 2 1 0 0 true',
      '2026-03-29 2026-03-28T23:00:00.000Z 2 1 50 0 true',
      '2026-03-30 2026-03-29T22:00:00.000Z 4 1 -200 2 true',
      '2026-03-31 2026-03-30T22:00:00.000Z 3 1 500 0 true',
    ])
    expect(await isFromCells(test.db, 'overview', { params: week, now })).toBe(true)
  })

  it('counts thirty days, and compares with nothing where nothing was recorded before', async () => {
    await write()
    const { current, previous, points } = await overview(month)
    expect(current).toMatchObject({
      active: 4,
      newUsers: 5,
      payers: 1,
      net: stars(200),
      generations: 1,
      successRate: 1,
      retention: { d1: 2 / 4, d7: 0, d30: 0 },
    })
    expect(previous).toBe(null)
    expect(points.length).toBe(30)
    expect((await overview({ from: '2025-12-31', to: '2025-12-31' })).previous).toMatchObject({ active: 1 })
  })

  it('leaves the running day out of a longer range, not of its points', async () => {
    await write()
    const params = { from: '2026-03-26', to: '2026-04-03' }
    const { current, previous, points } = await overview(params)
    expect(current).toMatchObject({ from: '2026-03-26', to: '2026-03-31', active: 7 })
    expect(previous).toMatchObject({ from: '2026-03-20', to: '2026-03-25', active: 0 })
    expect(points.length).toBe(7)
    expect(points[6]).toMatchObject({ start: '2026-04-01', active: 2, complete: false })
  })

  it('counts staff where asked; the quarter hour of the day before is cut', async () => {
    await write()
    const { current, previous } = await overview({ ...today, includeStaff: true })
    expect(current).toMatchObject({ active: 3, newUsers: 1, payers: 1, net: stars(500) })
    // jon's picture came at 12:00 sharp, when the comparison ends.
    expect(previous).toMatchObject({ active: 3, newUsers: 1, payers: 1, generations: 0 })
    expect(await names({ ...today, includeStaff: true, cell: 'active' })).toBe('max ivy gus')
  })

  it('does not count what lies ahead of now in the running day', async () => {
    const uids = await write()
    const ahead = now + 60_000
    const event = { type: 'generation_succeeded', at: ahead, props: { effectId: 'comic' } }
    await test.db.transaction((tx) => track(tx, [{ uid: uids.kim, ...event }]))
    await rollUp(test.db, now)
    expect((await overview(today)).current).toMatchObject({ active: 2, newUsers: 1, generations: 0 })
    expect((await overview(today, ahead)).current).toMatchObject({ active: 3, newUsers: 2, generations: 1 })
  })

  it('counts who passes conditions on people, and refuses those on events', async () => {
    await write()
    const { current } = await overview({ ...week, where: english })
    expect(current).toMatchObject({ active: 3, newUsers: 2, payers: 1, net: stars(350), generations: 1 })
    const where = [{ scope: 'event' as const, key: 'effectId', op: 'is_set' as const }]
    const refusal = { code: 'invalid_params', field: 'where' }
    await expect(overview({ ...week, where })).rejects.toMatchObject(refusal)
  })

  it('lists the people of each figure, the latest first', async () => {
    await write()
    expect(await names({ ...week, cell: 'active' })).toBe('gus cat hal fay dan ann eva')
    expect(await names({ ...week, cell: 'newUsers' })).toBe('gus hal fay lea')
    expect(await names({ ...week, cell: 'payers' })).toBe('cat fay')
    expect(await names({ ...week, cell: 'generations' })).toBe('gus dan')
    expect(await names({ ...week, cell: 'd1' })).toBe('gus hal fay')
    expect(await names({ ...week, cell: 'd7' })).toBe('')
    expect(await names({ ...week, cell: 'active', start: '2026-03-29' })).toBe('gus fay')
    const start = '2026-04-01'
    await expect(names({ ...week, cell: 'active', start })).rejects.toMatchObject({ field: 'start' })
    await expect(names({ ...week, cell: 'd1', start: '2026-03-29' })).rejects.toMatchObject({
      field: 'start',
    })
  })

  it('pages through a list by its key', async () => {
    await write()
    const page = (cursor?: string) =>
      askPage(test.db, 'overview', { params: { ...week, cell: 'active', limit: 3, cursor }, now })
    const first = await page()
    const second = await page(first.nextCursor ?? '')
    const third = await page(second.nextCursor ?? '')
    const pages = [first, second, third]
    expect(pages.map(({ users }) => users.map(({ id }) => id))).toEqual([
      [107, 103, 108],
      [106, 104, 101],
      [105],
    ])
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7])
    expect(third.nextCursor).toBe(null)
    await expect(page('made up')).rejects.toMatchObject({ code: 'invalid_params', field: 'cursor' })
  })

  it('counts a cut range by its instants', async () => {
    await write()
    const { current, previous, points } = await overview({ from: '2026-03-31T10:00', to: '2026-03-31T11:00' })
    expect(current).toMatchObject({ active: 1, payers: 0, to: '2026-03-31T09:00:59.999Z' })
    expect(previous).toMatchObject({ from: '2026-03-30T08:00:00.000Z', net: stars(-200) })
    expect(points).toMatchObject([{ start: '2026-03-31', active: 1, complete: false }])
  })

  it('pools the daily cohorts of the 60 days that end with the range', async () => {
    await write()
    const d1 = async (day: string) => (await overview({ from: day, to: day })).current.retention.d1
    // 60 days back from 27 February is 30 December, when ann began; she and bob came back the day after.
    expect(await d1('2026-02-27')).toBe(2 / 4)
    expect(await d1('2026-02-28')).toBe(1 / 3)
    expect(await d1('2026-03-02')).toBe(0)
    expect(await d1('2026-03-03')).toBe(null)
    expect(await names({ from: '2026-02-28', to: '2026-02-28', cell: 'd1' })).toBe('bob')
  })

  it('takes what staff alone did before for nothing', async () => {
    const { db } = test
    const before = { type: 'started', at: Date.parse('2026-03-30T10:00Z') }
    await db.transaction(async (tx) => {
      const { person } = await upsertPerson(tx, { telegramId: 1 }, now)
      await setTest(tx, person, true, now)
      await track(tx, [{ uid: person.uid, ...before }])
    })
    await rollUp(db, now)
    expect((await overview(today)).previous).toBe(null)
    expect((await overview({ ...today, includeStaff: true })).previous).toMatchObject({ active: 0 })
  })

  it('answers an empty database', async () => {
    const { current, previous, points } = await overview(today)
    expect(current).toMatchObject({ active: 0, newUsers: 0, payers: 0, net: stars(0), successRate: null })
    expect(previous).toBe(null)
    expect(points.length).toBe(1)
  })
})

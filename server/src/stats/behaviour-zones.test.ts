import { upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { track } from '@botdeck/shared/actions/track'
import { LifecycleParams } from '@botdeck/shared/contract/stats/lifecycle'
import { SessionsParams } from '@botdeck/shared/contract/stats/sessions'
import { StickinessParams } from '@botdeck/shared/contract/stats/stickiness'
import { TrendParams } from '@botdeck/shared/contract/stats/trend'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, rollUp } from '../testing/stats.ts'

const hourMs = 3_600_000

onBothEngines('behaviour in its time zone', (test) => {
  const now = Date.parse('2026-11-03T12:00Z')

  /** One person a line, with the instants at which they start. */
  async function write(zone: string, people: string[][]): Promise<void> {
    await test.db.transaction(async (tx) => {
      await writeSettings(tx, { timezone: zone }, 0)
      for (const [index, instants] of people.entries()) {
        const { person } = await upsertPerson(tx, { telegramId: index + 1 }, 0)
        await track(
          tx,
          instants.map((at) => ({ uid: person.uid, type: 'started', at: Date.parse(at) })),
        )
      }
    })
    await rollUp(test.db, now)
  }

  /** Each instant of a day, an hour apart. */
  const hourly = (from: string, hours: number) =>
    Array.from({ length: hours }, (_, hour) => new Date(Date.parse(from) + hour * hourMs).toISOString())

  async function trend(params: object): Promise<string[]> {
    const asked = TrendParams.parse({ measure: 'events', ...params })
    const { points } = await ask(test.db, 'trend', { params: asked, now })
    return points.map((p: Record<string, unknown>) => `${p.start} ${p.startsAt} ${p.value}`)
  }

  async function heat(params: { from: string; to: string }): Promise<number[]> {
    const { cells } = await ask(test.db, 'heatmap', { params, now })
    return cells.map(({ events }: { events: number }) => events)
  }

  it('has two buckets for the hour that repeats, and one cell (Europe/Berlin, 25 hours)', async () => {
    await write('Europe/Berlin', [hourly('2026-10-24T22:00Z', 25)])
    const day = { from: '2026-10-25', to: '2026-10-25' }
    const hours = await trend({ ...day, interval: 'hour' })
    expect(hours.length).toBe(25)
    expect(hours.slice(1, 5)).toEqual([
      '2026-10-25T01:00 2026-10-24T23:00:00.000Z 1',
      '2026-10-25T02:00 2026-10-25T00:00:00.000Z 1',
      '2026-10-25T02:00 2026-10-25T01:00:00.000Z 1',
      '2026-10-25T03:00 2026-10-25T02:00:00.000Z 1',
    ])
    expect(await trend(day)).toEqual(['2026-10-25 2026-10-24T22:00:00.000Z 25'])
    const stickiness = StickinessParams.parse({ ...day, interval: 'hour' })
    const { exactly } = await ask(test.db, 'stickiness', { params: stickiness, now })
    expect(exactly.at(-1)).toEqual({ periods: 25, users: 1 })
    const sunday = (await heat(day)).slice(-24)
    expect(sunday).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 2 : 1)))
  })

  it('has 23 hours in the day that leaves one out (Europe/Berlin)', async () => {
    await write('Europe/Berlin', [hourly('2026-03-28T23:00Z', 23)])
    const day = { from: '2026-03-29', to: '2026-03-29' }
    expect((await trend({ ...day, interval: 'hour' })).length).toBe(23)
    expect((await heat(day)).slice(-24)).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 0 : 1)),
    )
  })

  it('returns the next day over a day of 25 hours', async () => {
    await write('Europe/Berlin', [
      ['2026-10-24T21:59:59.999Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
      ['2026-10-25T22:59:59.999Z', '2026-10-25T23:00Z'],
    ])
    const params = LifecycleParams.parse({ from: '2026-10-24', to: '2026-10-27' })
    const { points } = await ask(test.db, 'lifecycle', { params, now })
    expect(points.map((p: Record<string, number>) => [p.new, p.returning, p.dormant])).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 2, 0],
      [0, 0, 2],
    ])
  })

  it('measures sessions in time that passes, not in what clocks show', async () => {
    // 01:50 and, after the clocks went back, 02:10: 80 minutes later.
    await write('Europe/Berlin', [['2026-10-24T23:50Z', '2026-10-25T01:10Z']])
    const day = { from: '2026-10-25', to: '2026-10-25', interval: 'hour' as const }
    const asked = (gapMinutes: number) =>
      ask(test.db, 'sessions', { params: SessionsParams.parse({ ...day, gapMinutes }), now })
    expect(await asked(79)).toMatchObject({ sessions: 2, users: 1 })
    expect(await asked(80)).toMatchObject({ sessions: 1, averageSeconds: 4800 })
  })

  it('cuts days and hours where the offset has a half (Asia/Kolkata)', async () => {
    await write('Asia/Kolkata', [['2026-05-11T18:29:59.999Z', '2026-05-11T18:30Z', '2026-05-11T19:29Z']])
    const range = { from: '2026-05-11', to: '2026-05-12' }
    expect(await trend(range)).toEqual([
      '2026-05-11 2026-05-10T18:30:00.000Z 1',
      '2026-05-12 2026-05-11T18:30:00.000Z 2',
    ])
    const cells = await heat(range)
    // Monday 23:59:59 and Tuesday 00:00 and 00:59.
    expect([cells[23], cells[24]]).toEqual([1, 2])
  })

  it('opens a day at the first of two midnights (Atlantic/Azores)', async () => {
    await write('Atlantic/Azores', [
      ['2026-10-24T23:59:59.999Z', '2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-26T00:59:59.999Z'],
    ])
    const range = { from: '2026-10-24', to: '2026-10-25' }
    expect(await trend(range)).toEqual([
      '2026-10-24 2026-10-24T00:00:00.000Z 1',
      '2026-10-25 2026-10-25T00:00:00.000Z 3',
    ])
    const midnights = { from: '2026-10-25T00:00', to: '2026-10-25T00:59', interval: 'hour' }
    expect(await trend({ ...range, ...midnights })).toEqual(['2026-10-25T00:00 2026-10-25T00:00:00.000Z 1'])
    // Both midnights are in one cell of the Sunday.
    expect((await heat(range))[6 * 24]).toBe(2)
  })

  it('begins weeks, months and years with their first local day (America/New_York)', async () => {
    await write('America/New_York', [['2026-01-01T04:59:59.999Z', '2026-01-01T05:00Z', '2026-02-01T05:00Z']])
    const range = { from: '2025-12-31', to: '2026-02-01' }
    expect(await trend({ ...range, interval: 'year' })).toEqual([
      '2025-01-01 2025-01-01T05:00:00.000Z 1',
      '2026-01-01 2026-01-01T05:00:00.000Z 2',
    ])
    expect((await trend({ ...range, interval: 'month' })).map((line) => line.split(' ')[2])).toEqual([
      '1',
      '1',
      '1',
    ])
    const weeks = { ...range, to: '2026-01-03', interval: 'week', weekStart: 'saturday' }
    expect(await trend(weeks)).toEqual([
      '2025-12-27 2025-12-27T05:00:00.000Z 2',
      '2026-01-03 2026-01-03T05:00:00.000Z 0',
    ])
  })
})

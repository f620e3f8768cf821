import { upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { track } from '@botdeck/shared/actions/track'
import { RetentionParams } from '@botdeck/shared/contract/stats/retention'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, rollUp } from '../testing/stats.ts'

onBothEngines('stats in their time zone', (test) => {
  /** One person a line, with the instants at which they start. */
  async function write(zone: string, people: string[][], now: number): Promise<void> {
    const { db } = test
    await db.transaction(async (tx) => {
      await writeSettings(tx, { timezone: zone }, 0)
      for (const [index, instants] of people.entries()) {
        const { person } = await upsertPerson(tx, { telegramId: index + 1 }, 0)
        const events = instants.map((at) => ({ uid: person.uid, type: 'started', at: Date.parse(at) }))
        await track(tx, events)
      }
    })
    await rollUp(db, now)
  }

  async function daysOf(params: { from: string; to: string }, now: number): Promise<string[]> {
    const { points } = await ask(test.db, 'activity', { params, now })
    return points.map(
      (p: Record<string, unknown>) =>
        `${p.start} ${p.startsAt} ${p.dau} ${p.newUsers}${p.complete ? '' : ' *'}`,
    )
  }

  it('has 25 hours in the day that repeats one (Europe/Berlin)', async () => {
    const now = Date.parse('2025-10-27T12:00Z')
    await write(
      'Europe/Berlin',
      [
        ['2025-10-25T21:59:59.999Z'],
        ['2025-10-25T22:00Z'],
        ['2025-10-26T00:30Z'],
        ['2025-10-26T01:30Z'],
        ['2025-10-26T22:59:59.999Z'],
        ['2025-10-26T23:00Z'],
      ],
      now,
    )
    expect(await daysOf({ from: '2025-10-25', to: '2025-10-27' }, now)).toEqual([
      '2025-10-25 2025-10-24T22:00:00.000Z 1 1',
      '2025-10-26 2025-10-25T22:00:00.000Z 4 4',
      '2025-10-27 2025-10-26T23:00:00.000Z 1 1 *',
    ])
    const params = RetentionParams.parse({ from: '2025-10-26T02:00', period: 'hour', cohorts: 3, periods: 1 })
    const { cohorts } = await ask(test.db, 'retention', { params, now })
    expect(cohorts).toMatchObject([
      { start: '2025-10-26T02:00', startsAt: '2025-10-26T00:00:00.000Z', size: 1 },
      { start: '2025-10-26T02:00', startsAt: '2025-10-26T01:00:00.000Z', size: 1 },
      { start: '2025-10-26T03:00', startsAt: '2025-10-26T02:00:00.000Z', size: 0 },
    ])
    const day = { from: '2025-10-26', to: '2025-10-26' }
    const { current, previous } = await ask(test.db, 'overview', { params: day, now })
    expect([current.active, previous.active]).toEqual([4, 1])
  })

  it('cuts quarter hours where the offset has three of them (Asia/Kathmandu)', async () => {
    // 12:07 local is 06:22 in UTC; the comparison ends at 12:00, 06:15 in UTC.
    const now = Date.parse('2026-05-13T06:22Z')
    await write(
      'Asia/Kathmandu',
      [
        ['2026-05-11T18:14:59.999Z'],
        ['2026-05-11T18:15Z'],
        ['2026-05-12T06:14:59.999Z'],
        ['2026-05-12T06:15Z'],
        ['2026-05-12T18:15Z'],
      ],
      now,
    )
    expect(await daysOf({ from: '2026-05-11', to: '2026-05-13' }, now)).toEqual([
      '2026-05-11 2026-05-10T18:15:00.000Z 1 1',
      '2026-05-12 2026-05-11T18:15:00.000Z 3 3',
      '2026-05-13 2026-05-12T18:15:00.000Z 1 1 *',
    ])
    const today = { from: '2026-05-13', to: '2026-05-13' }
    const { current, previous } = await ask(test.db, 'overview', { params: today, now })
    expect(current).toMatchObject({ active: 1, newUsers: 1 })
    expect(previous).toMatchObject({ to: '2026-05-12T06:15:00.000Z', active: 2, newUsers: 2 })
  })

  it('opens a day at the first of two midnights (Atlantic/Azores)', async () => {
    const now = Date.parse('2026-10-26T12:00Z')
    await write(
      'Atlantic/Azores',
      [
        ['2026-10-24T23:59:59.999Z'],
        ['2026-10-25T00:00Z', '2026-10-25T01:00Z'],
        ['2026-10-25T01:30Z'],
        ['2026-10-26T00:59:59.999Z'],
        ['2026-10-26T01:00Z'],
      ],
      now,
    )
    expect(await daysOf({ from: '2026-10-24', to: '2026-10-26' }, now)).toEqual([
      '2026-10-24 2026-10-24T00:00:00.000Z 1 1',
      '2026-10-25 2026-10-25T00:00:00.000Z 3 3',
      '2026-10-26 2026-10-26T01:00:00.000Z 1 1 *',
    ])
    const params = RetentionParams.parse({ from: '2026-10-25', period: 'hour', cohorts: 2, periods: 2 })
    const { cohorts } = await ask(test.db, 'retention', { params, now })
    expect(cohorts).toMatchObject([
      {
        start: '2026-10-25T00:00',
        startsAt: '2026-10-25T00:00:00.000Z',
        cells: [{ users: 1 }, { users: 1 }],
      },
      {
        start: '2026-10-25T00:00',
        startsAt: '2026-10-25T01:00:00.000Z',
        cells: [{ users: 1 }, { users: 0 }],
      },
    ])
  })

  it('begins a day after the midnight that is skipped (America/Havana)', async () => {
    const now = Date.parse('2026-03-09T12:00Z')
    await write(
      'America/Havana',
      [['2026-03-08T04:59:59.999Z'], ['2026-03-08T05:00Z'], ['2026-03-09T04:00Z']],
      now,
    )
    expect(await daysOf({ from: '2026-03-07', to: '2026-03-09' }, now)).toEqual([
      '2026-03-07 2026-03-07T05:00:00.000Z 1 1',
      '2026-03-08 2026-03-08T05:00:00.000Z 1 1',
      '2026-03-09 2026-03-09T04:00:00.000Z 1 1 *',
    ])
    const day = { from: '2026-03-08', to: '2026-03-08' }
    const { previous } = await ask(test.db, 'overview', { params: day, now })
    expect(previous).toMatchObject({ from: '2026-03-07', to: '2026-03-07', active: 1 })
  })

  it('has no point for a day that the zone left out (Pacific/Apia)', async () => {
    // 29 December 2011 was followed by the 31st, at 10:00 in UTC.
    const now = Date.parse('2012-01-02T20:00Z')
    await write(
      'Pacific/Apia',
      [['2011-12-30T09:59:59.999Z', '2011-12-30T10:00Z'], ['2011-12-31T10:00Z']],
      now,
    )
    const range = { from: '2011-12-29', to: '2012-01-01' }
    const expected = [
      '2011-12-29 2011-12-29T10:00:00.000Z 1 1',
      '2011-12-31 2011-12-30T10:00:00.000Z 1 0',
      '2012-01-01 2011-12-31T10:00:00.000Z 1 1',
    ]
    expect(await daysOf(range, now)).toEqual(expected)
    const { points } = await ask(test.db, 'overview', { params: range, now })
    expect(points.map((p: Record<string, unknown>) => `${p.start} ${p.active} ${p.newUsers}`)).toEqual([
      '2011-12-29 1 1',
      '2011-12-31 1 0',
      '2012-01-01 1 1',
    ])
    const week = { from: '2011-12-26', to: '2012-01-01' }
    const days = await ask(test.db, 'overview', { params: week, now })
    expect(days.points.map((p: Record<string, unknown>) => p.active)).toEqual([0, 0, 0, 1, 1, 1])
  })
})

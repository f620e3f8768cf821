import { track } from '@botdeck/shared/actions/track'
import { SessionsParams, SessionsPeopleParams } from '@botdeck/shared/contract/stats/sessions'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const spring = { from: '2026-03-27', to: '2026-04-05' }
const dayLong = { gapMinutes: 1440 }

onBothEngines('sessions', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const sessions = (params: object) => ask(test.db, 'sessions', { params: SessionsParams.parse(params), now })
  const names = (params: object) =>
    askNames(test.db, 'sessions', { params: SessionsPeopleParams.parse(params), now })

  /** Each point as `start: sessions by users, average median events`. */
  async function lines(params: object): Promise<string[]> {
    const { points } = await sessions(params)
    return points.map((p: Record<string, unknown>) => {
      const lengths = `${p.averageSeconds} ${p.medianSeconds} ${p.eventsPerSession}`
      return `${String(p.start).slice(5)}: ${p.sessions} by ${p.users}, ${lengths}${p.complete ? '' : ' *'}`
    })
  }

  it('cuts activity where more than half an hour passes', async () => {
    await write()
    expect(await sessions(spring)).toMatchObject({
      sessions: 15,
      users: 8,
      // Of fay 300 s, of max 900 s, the others of one event.
      averageSeconds: 1200 / 15,
      medianSeconds: 0,
      eventsPerSession: 17 / 15,
    })
    expect(await lines(spring)).toEqual([
      '03-27: 1 by 1, 0 0 1',
      '03-28: 2 by 2, 150 150 1.5',
      '03-29: 3 by 2, 0 0 1',
      '03-30: 4 by 4, 0 0 1',
      '03-31: 3 by 3, 0 0 1',
      '04-01: 2 by 2, 450 450 1.5 *',
    ])
  })

  it('counts a session in the period of its start, with what lies after the range', async () => {
    await write()
    // fay from 10:00 to 23:30 the next day: 36.5 hours, 4 events; cat with one.
    expect(await lines({ from: '2026-03-28', to: '2026-03-28', ...dayLong })).toEqual([
      '03-28: 2 by 2, 65700 65700 2.5',
    ])
    // Of the 29th is gus alone, because fay goes on.
    expect(await lines({ from: '2026-03-29', to: '2026-03-29', ...dayLong })).toEqual([
      '03-29: 1 by 1, 0 0 1',
    ])
    expect(await names({ from: '2026-03-29', to: '2026-03-29', ...dayLong })).toBe('gus')
    // hal from 15:00 to 11:00 the next day, which is of the 30th.
    expect(await lines({ from: '2026-03-30', to: '2026-03-31', ...dayLong })).toEqual([
      '03-30: 4 by 4, 18000 0 1.25',
      '03-31: 2 by 2, 0 0 1',
    ])
  })

  it('follows a session for as long as it goes on', async () => {
    const uids = await write()
    const first = Date.parse('2026-02-01T10:00Z')
    const hours = Array.from({ length: 100 }, (_, hour) => first + hour * 3_600_000)
    await test.db.transaction((tx) =>
      track(
        tx,
        hours.map((at) => ({ uid: uids.kim, type: 'started', at })),
      ),
    )
    await rollUp(test.db, now)
    const day = { from: '2026-02-01', to: '2026-02-01', gapMinutes: 60 }
    expect(await sessions(day)).toMatchObject({
      sessions: 1,
      averageSeconds: 99 * 3600,
      eventsPerSession: 100,
    })
    expect(await sessions({ ...day, gapMinutes: 59.9 })).toMatchObject({ sessions: 13, averageSeconds: 0 })
    expect(await sessions({ ...day, from: '2026-02-02', to: '2026-02-03' })).toMatchObject({ sessions: 0 })
  })

  it('tells weeks apart, and lists the people of one', async () => {
    await write()
    const weeks = { ...spring, interval: 'week', ...dayLong }
    expect(await lines(weeks)).toEqual([
      // eva, cat, fay and gus; then ann, dan, gus, hal, cat, fay, gus again and max.
      `03-23: 4 by 4, ${131_400 / 4} 0 1.75 *`,
      `03-30: 8 by 7, ${72_900 / 8} 0 1.25 *`,
    ])
    expect(await names({ ...weeks, start: '2026-03-23' })).toBe('gus cat fay eva')
    expect(await names({ ...weeks })).toBe('max gus cat hal fay dan ann eva')
  })

  it('is made of the activity that passes the conditions', async () => {
    await write()
    const where = [{ scope: 'event', key: 'effectId', op: 'is_set' }]
    expect(await sessions({ ...spring, where })).toMatchObject({ sessions: 6, users: 5 })
    expect(await sessions({ ...spring, includeStaff: true })).toMatchObject({ sessions: 18, users: 10 })
  })

  it('keeps events of one instant together with a gap of 0', async () => {
    const uids = await write()
    const at = Date.parse('2026-02-01T10:00Z')
    const times = [at, at, at + 1]
    await test.db.transaction((tx) =>
      track(
        tx,
        times.map((time) => ({ uid: uids.kim, type: 'started', at: time })),
      ),
    )
    await rollUp(test.db, now)
    const february = { from: '2026-02-01', to: '2026-02-01', gapMinutes: 0 }
    expect(await sessions(february)).toMatchObject({ sessions: 2, eventsPerSession: 1.5 })
  })

  it('answers nothing with null', async () => {
    await rollUp(test.db, now)
    const {
      asOf: _asOf,
      timezone: _timezone,
      ...answer
    } = await sessions({
      from: '2026-04-01',
      to: '2026-04-01',
    })
    const none = {
      sessions: 0,
      users: 0,
      averageSeconds: null,
      medianSeconds: null,
      eventsPerSession: null,
    }
    const point = { start: '2026-04-01', startsAt: '2026-04-01T00:00:00.000Z', ...none, complete: false }
    expect(answer).toEqual({ ...none, points: [point] })
  })
})

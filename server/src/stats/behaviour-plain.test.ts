import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import { LifecycleParams } from '@botdeck/shared/contract/stats/lifecycle'
import { SessionsParams } from '@botdeck/shared/contract/stats/sessions'
import { StickinessParams } from '@botdeck/shared/contract/stats/stickiness'
import { TrendParams } from '@botdeck/shared/contract/stats/trend'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyNow as now, type RandomHistory, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask } from '../testing/stats.ts'

/*
 * The plainest way to count: every event, its local date and hour from Intl, sets of people. It shares nothing with the
 * stats.
 */

interface PlainEvent {
  uid: number
  at: number
  date: string
  hour: number
  weekday: number
  type: string
  activity: boolean
  number: unknown
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function localTime(zone: string): (ms: number) => Pick<PlainEvent, 'date' | 'hour' | 'weekday'> {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' })
  const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' })
  return (ms) => ({
    date: date.format(ms),
    hour: Number(hour.format(ms)),
    weekday: weekdays.indexOf(weekday.format(ms)) + 1,
  })
}

/** The events of everybody who is no staff, in order of time. */
async function readEvents(db: Db, zone: string): Promise<PlainEvent[]> {
  const timeOf = localTime(zone)
  const types = await eventTypeNames(db)
  const users = await db.orm.select().from(db.t.users)
  const staff = new Set(users.filter((user) => user.staff).map(({ uid }) => uid))
  const events = await db.orm.select().from(db.t.events)
  return events
    .filter(({ uid }) => !staff.has(uid))
    .map(({ uid, at, type, activity, props }) => ({
      ...{ uid, at, activity, type: types.get(type) ?? '', number: props?.number },
      ...timeOf(at),
    }))
    .sort((a, b) => a.at - b.at)
}

const range = { from: '2026-03-20', to: '2026-04-20' }
const dates = Array.from({ length: 32 }, (_, day) =>
  new Date(Date.parse(range.from) + day * 86_400_000).toISOString().slice(0, 10),
)
const inRange = ({ date }: PlainEvent) => date >= range.from && date <= range.to
const peopleOf = (events: readonly PlainEvent[]) => new Set(events.map(({ uid }) => uid))
const seeded = { numRuns: 5, seed: 11 }

onBothEngines('behaviour beside a plain count', (test) => {
  async function forEachHistory(work: (events: PlainEvent[], history: RandomHistory) => Promise<void>) {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await writeHistory(test.db, history, 'arrival')
        await work(await readEvents(test.db, history.zone), history)
      }),
      seeded,
    )
  }

  it('has the same trend', async () => {
    await forEachHistory(async (events) => {
      const views = events.filter(({ type }) => type === 'effect_viewed')
      const asked = { ...range, event: { event: 'effect_viewed' }, property: 'number' }
      const values = async (measure: string) => {
        const { points } = await ask(test.db, 'trend', {
          params: TrendParams.parse({ ...asked, measure }),
          now,
        })
        return points.map(({ start, value }: Record<string, unknown>) => [start, value])
      }
      const on = (date: string) => views.filter((event) => event.date === date)
      const sumOf = (list: PlainEvent[]) => list.reduce((sum, { number }) => sum + Number(number), 0)
      expect(await values('events')).toEqual(dates.map((date) => [date, on(date).length]))
      expect(await values('users')).toEqual(dates.map((date) => [date, peopleOf(on(date)).size]))
      expect(await values('sum')).toEqual(dates.map((date) => [date, sumOf(on(date))]))
    })
  })

  it('has the same lifecycle', async () => {
    await forEachHistory(async (events) => {
      const views = events.filter(({ type }) => type === 'effect_viewed')
      const params = LifecycleParams.parse({ ...range, event: { event: 'effect_viewed' } })
      const { points } = await ask(test.db, 'lifecycle', { params, now })
      const on = (date: string) => peopleOf(views.filter((event) => event.date === date))
      const before = (date: string) => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10)
      for (const { start, ...states } of points) {
        const [today, yesterday] = [on(start), on(before(start))]
        const past = peopleOf(views.filter(({ date }) => date < start))
        expect([start, states.new, states.returning, states.resurrecting, states.dormant]).toEqual([
          start,
          [...today].filter((uid) => !past.has(uid)).length,
          [...today].filter((uid) => yesterday.has(uid)).length,
          [...today].filter((uid) => past.has(uid) && !yesterday.has(uid)).length,
          [...yesterday].filter((uid) => !today.has(uid)).length,
        ])
      }
    })
  })

  it('has the same stickiness', async () => {
    await forEachHistory(async (events) => {
      const active = events.filter((event) => event.activity && inRange(event))
      const { exactly } = await ask(test.db, 'stickiness', { params: StickinessParams.parse(range), now })
      const daysOf = (uid: number) =>
        new Set(active.filter((event) => event.uid === uid).map(({ date }) => date)).size
      const counts = [...peopleOf(active)].map(daysOf)
      for (const { periods, users } of exactly)
        expect([periods, users]).toEqual([periods, counts.filter((days) => days === periods).length])
    })
  })

  it('has the same sessions', async () => {
    await forEachHistory(async (events) => {
      const gapMs = 5 * 3_600_000
      const lengths: number[] = []
      for (const uid of peopleOf(events)) {
        const mine = events.filter((event) => event.uid === uid && event.activity)
        const starts = mine.filter(({ at }, index) => index === 0 || at - (mine[index - 1]?.at ?? 0) > gapMs)
        for (const [index, first] of starts.entries()) {
          const end = starts[index + 1]?.at ?? Number.POSITIVE_INFINITY
          const last = mine.filter(({ at }) => at < end).at(-1)
          if (inRange(first)) lengths.push(((last?.at ?? 0) - first.at) / 1000)
        }
      }
      const params = SessionsParams.parse({ ...range, gapMinutes: 300 })
      const { sessions, averageSeconds } = await ask(test.db, 'sessions', { params, now })
      expect(sessions).toBe(lengths.length)
      if (lengths.length > 0)
        expect(averageSeconds).toBeCloseTo(
          lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
          6,
        )
    })
  })

  it('has the same heatmap', async () => {
    await forEachHistory(async (events) => {
      const active = events.filter((event) => event.activity && inRange(event))
      const { cells } = await ask(test.db, 'heatmap', { params: range, now })
      for (const { weekday, hour, ...cell } of cells) {
        const here = active.filter((event) => event.weekday === weekday && event.hour === hour)
        expect([weekday, hour, cell.events]).toEqual([weekday, hour, here.length])
      }
    })
  })
})

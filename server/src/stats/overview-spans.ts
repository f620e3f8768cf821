import { sameTimeOn } from '@botdeck/shared/domain/calendar'
import { dayLabel } from '@botdeck/shared/domain/civil'
import type { Period, WrittenRange } from '@botdeck/shared/domain/range'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { pointsOf } from './points.ts'
import type { View } from './view.ts'

/** A stretch that figures are counted over: `from` inclusive and `to` exclusive in ms, and how the answer writes both. */
export interface Span {
  from: number
  to: number
  fromText: string
  toText: string
}

export interface OverviewPlan {
  current: Span
  previous: Span
  points: Period[]
  /** Points count only what lies in here. */
  range: WrittenRange
  /** Whether the range begins or ends inside a day. */
  cut: boolean
  /** Local days of `current`. */
  days: number
  /** Whether the range is only the running day. */
  running: boolean
}

const quarterMs = 900_000

/** The instant of the same local time so many days earlier. */
function daysEarlier(ms: number, days: number, clock: ZoneClock): number {
  const day = clock.dayOf(ms)
  if (clock.dayStart(day) === ms) return clock.dayStart(day - days)
  return sameTimeOn(day - days, ms, clock.zone) + (ms % quarterMs)
}

const isDayStart = (ms: number, clock: ZoneClock) => clock.dayStart(clock.dayOf(ms)) === ms
const iso = (ms: number) => new Date(ms).toISOString()

/** A span written by its days, or by instants where it begins or ends inside one; its last ms is inside. */
function spanOf(from: number, to: number, clock: ZoneClock): Span {
  return {
    from,
    to,
    fromText: isDayStart(from, clock) ? dayLabel(clock.dayOf(from)) : iso(from),
    toText: isDayStart(to, clock) ? dayLabel(clock.dayOf(to - 1)) : iso(to - 1),
  }
}

/** Only the running day: until now, and the day before until the same time, cut down to the quarter hour. */
function runningDay(view: View, range: WrittenRange): { current: Span; previous: Span } {
  const { clock, asOf } = view
  const today = clock.dayOf(asOf)
  // The instant of now is inside; an event that its sender dated ahead is not.
  const day = spanOf(range.from, Math.min(range.to, asOf + 1), clock)
  const from = daysEarlier(range.from, 1, clock)
  const to = Math.max(from, sameTimeOn(today - 1, asOf, clock.zone))
  return {
    current: { ...day, toText: iso(day.to - 1) },
    previous: { ...spanOf(from, to, clock), toText: iso(to) },
  }
}

/**
 * What the overview of a range compares. A range that is only the running day goes to now; in a longer one the running
 * day is left out of the comparison, but not of the points. The previous period is as many local days right before.
 */
export function overviewPlan(view: View, range: WrittenRange): OverviewPlan {
  const { clock, asOf } = view
  const today = clock.dayOf(asOf)
  const firstDay = clock.dayOf(range.from)
  const lastDay = clock.dayOf(range.to - 1)
  const { points, cut } = pointsOf(view, range, 'day')
  const whole = { points, range, cut: cut || !isDayStart(range.from, clock) || !isDayStart(range.to, clock) }
  if (firstDay === today && range.to > asOf)
    return { ...whole, ...runningDay(view, range), days: 1, running: true }
  const beforeToday = firstDay < today && lastDay >= today
  const to = beforeToday ? clock.dayStart(today) : range.to
  const days = clock.dayOf(to - 1) - firstDay + 1
  const current = spanOf(range.from, to, clock)
  const previous = spanOf(daysEarlier(range.from, days, clock), daysEarlier(to, days, clock), clock)
  return { ...whole, current, previous, days, running: false }
}

import {
  DAY_MS,
  type DayUnit,
  dayLabel,
  firstDayOfMonth,
  firstDayOfWeek,
  HOUR_MS,
  monthOfDay,
  type Unit,
  type WeekStart,
  weekOfDay,
} from './civil.ts'
import { type OffsetSpan, offsetSpans } from './zone-offsets.ts'

/** An offset span with what periods need of the time before it. */
type Span = OffsetSpan & {
  /** Added to the local hour (hours of local time since 1970) it gives the index of the hour. */
  hourShift: number
  /** Index of the first hour that opens in this span. */
  firstHour: number
  /** The latest local day seen before the span. */
  dayBefore: number
  /** The latest local day seen by the end of the span. */
  lastDay: number
}

const localHour = (ms: number, span: OffsetSpan) => Math.floor((ms + span.offset) / HOUR_MS)
const localDay = (ms: number, span: OffsetSpan) => Math.floor((ms + span.offset) / DAY_MS)

function follow(before: Span | undefined, span: OffsetSpan): Span {
  if (!before) {
    const start = Number.NEGATIVE_INFINITY
    return {
      ...span,
      hourShift: 0,
      firstHour: start,
      dayBefore: start,
      lastDay: localDay(span.end - 1, span),
    }
  }
  const hour = localHour(span.start, span)
  const lastHour = localHour(span.start - 1, before)
  // A clock set forward within an hour shortens that hour; set back, it opens another bucket, be it of the same name.
  const sameHour = hour === lastHour && span.offset > before.offset
  const hourShift = before.hourShift + lastHour + (sameHour ? 0 : 1) - hour
  return {
    ...span,
    hourShift,
    firstHour: hour + hourShift + (sameHour ? 1 : 0),
    dayBefore: before.lastDay,
    lastDay: Math.max(before.lastDay, localDay(span.end - 1, span)),
  }
}

/** Days that a zone never had, because it crossed the date line: 2011-12-30 in Pacific/Apia. */
function missingDays(spans: readonly Span[]): number[] {
  const missing: number[] = []
  for (const span of spans.slice(1))
    for (let day = span.dayBefore + 1; day < localDay(span.start, span); day++) missing.push(day)
  return missing
}

/**
 * The calendar of one time zone, fast enough to be asked per event: the zone's changes of offset are worked out once,
 * an answer is a search among them.
 *
 * A *day number* counts local dates from 1970-01-01 = 0. A day opens at the first instant of its date: where midnight
 * occurs twice at the first, where it is skipped at the first instant after it. A day that has opened does not close
 * again when clocks are set back across midnight.
 *
 * A *period index* counts the periods of one unit, so that the next period has the next index. Hours are counted as
 * buckets: one opens whenever the local hour changes and whenever clocks are set back. So a repeated hour is two
 * buckets; where clocks move by half an hour (Australia/Lord_Howe) or to :45, a bucket may be shorter than an hour,
 * and keeps the label of its local hour. Indices of hours mean something only within one zone. Months and years count
 * from 1970 = 0.
 */
export class ZoneClock {
  readonly zone: string
  readonly weekStart: WeekStart
  readonly #spans: readonly Span[]
  readonly #missing: readonly number[]
  /** Questions come in runs about the same season, so the last answer is tried first. */
  #recent: Span

  /** Throws RangeError where `zone` is no zone. */
  constructor(zone: string, weekStart: WeekStart) {
    this.zone = zone
    this.weekStart = weekStart
    let recent: Span | undefined
    this.#spans = offsetSpans(zone).map((span) => {
      recent = follow(recent, span)
      return recent
    })
    if (!recent) throw new RangeError(`no offset is known for ${zone}`)
    this.#recent = recent
    this.#missing = missingDays(this.#spans)
  }

  /** The number of the local day that holds the instant. */
  dayOf(ms: number): number {
    const span = this.#spanAt(ms)
    return Math.max(localDay(ms, span), span.dayBefore)
  }

  /** The instant at which a day opens; for a day that the zone never had, the next day's. */
  dayStart(day: number): number {
    const span = this.#first((candidate) => candidate.lastDay >= day)
    return Math.max(span.start, day * DAY_MS - span.offset)
  }

  /** What the clocks of the zone show at an instant, as ms of local time since 1970. */
  localTime(ms: number): number {
    return ms + this.#spanAt(ms).offset
  }

  /** The stretches of `[from, to)` (ms) with one UTC offset each, in order. */
  offsetsWithin({ from, to }: { from: number; to: number }): OffsetSpan[] {
    return this.#spans
      .filter(({ start, end }) => start < to && end > from)
      .map(({ start, end, offset }) => ({ start: Math.max(start, from), end: Math.min(end, to), offset }))
  }

  /** The index of the period that holds the instant. */
  periodIndex(ms: number, unit: Unit): number {
    if (unit !== 'hour') return this.periodOfDay(this.dayOf(ms), unit)
    const span = this.#spanAt(ms)
    return localHour(ms, span) + span.hourShift
  }

  /** The index of the period that holds a local day. */
  periodOfDay(day: number, unit: DayUnit): number {
    if (unit === 'week') return weekOfDay(day, this.weekStart)
    if (unit === 'month') return monthOfDay(day)
    if (unit === 'year') return Math.floor(monthOfDay(day) / 12)
    if (this.#missing.length === 0) return day
    return day - this.#missing.filter((missing) => missing < day).length
  }

  /** The number of a period's first local day. */
  firstDay(index: number, unit: DayUnit): number {
    if (unit === 'week') return firstDayOfWeek(index, this.weekStart)
    if (unit === 'month') return firstDayOfMonth(index)
    if (unit === 'year') return firstDayOfMonth(index * 12)
    return this.#missing.reduce((day, missing) => (missing <= day ? day + 1 : day), index)
  }

  /** The instant at which a period begins, which is where the one before it ends. */
  periodStart(index: number, unit: Unit): number {
    if (unit !== 'hour') return this.dayStart(this.firstDay(index, unit))
    const span = this.#spanOfHour(index)
    return Math.max(span.start, (index - span.hourShift) * HOUR_MS - span.offset)
  }

  /** The name of a period: its first local day `YYYY-MM-DD`, for hours the local hour `YYYY-MM-DDTHH:00`. */
  labelOf(index: number, unit: Unit): string {
    if (unit !== 'hour') return dayLabel(this.firstDay(index, unit))
    const hour = index - this.#spanOfHour(index).hourShift
    return `${new Date(hour * HOUR_MS).toISOString().slice(0, 13)}:00`
  }

  #spanAt(ms: number): Span {
    if (ms < this.#recent.start || ms >= this.#recent.end)
      this.#recent = this.#first((candidate) => ms < candidate.end)
    return this.#recent
  }

  #spanOfHour(index: number): Span {
    const after = this.#spans.findLastIndex((span) => span.firstHour <= index)
    return this.#spans[after] ?? this.#recent
  }

  /** The first span that fits, where all later ones fit as well. */
  #first(fits: (span: Span) => boolean): Span {
    let low = 0
    let high = this.#spans.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      const span = this.#spans[middle]
      if (span && fits(span)) high = middle
      else low = middle + 1
    }
    return this.#spans[low] ?? this.#recent
  }
}

const clocks = new Map<string, ZoneClock>()

/** The clock of a zone, made once. Throws RangeError where `zone` is no zone. */
export function zoneClock(zone: string, weekStart: WeekStart = 'monday'): ZoneClock {
  const key = `${weekStart} ${zone}`
  const clock = clocks.get(key) ?? new ZoneClock(zone, weekStart)
  clocks.set(key, clock)
  return clock
}

import { Temporal } from 'temporal-polyfill'
import { DAY_MS, dayLabel, dayNumber, type Unit } from './civil.ts'
import { type ZoneClock, zoneClock } from './zone-clock.ts'

/** The unit in which an instant was written. */
export type WrittenUnit = 'day' | 'minute' | 'second' | 'millisecond'

/** An instant as it was written: `start` (ms) and `end`, the first ms after the whole unit it is written in. */
export type Moment = { start: number; end: number; unit: WrittenUnit }

/** A stretch of time in ms, `from` inclusive and `to` exclusive. */
export type Range = { from: number; to: number }

/** A range as it was asked for, with the units in which its ends were written. */
export type WrittenRange = Range & { fromUnit: WrittenUnit; toUnit: WrittenUnit }

/** Why a range cannot be used, and which of its ends is to blame. */
export type RangeFault = { fault: 'from' | 'to'; message: string }

const MAX_YEARS = 5
const unitMs = { minute: 60_000, second: 1_000, millisecond: 1 }
const date = String.raw`(\d{4})-(\d\d)-(\d\d)`
const time = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)?`
const offset = String.raw`(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?`
const written = new RegExp(`^${date}(?:T${time}${offset})?$`)

/** Minutes east of UTC of `Z` or `±HH:MM`. */
function offsetMinutes(text: string): number {
  if (text === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return text.startsWith('-') ? -minutes : minutes
}

function writtenUnit(second: string | undefined, fraction: string | undefined) {
  if (fraction !== undefined) return 'millisecond'
  return second === undefined ? 'minute' : 'second'
}

/**
 * Reads a calendar day `YYYY-MM-DD`, a local time `YYYY-MM-DDTHH:mm[:ss[.fff]]`, both in `zone`, or an instant, which
 * is such a time with `Z` or an offset. Fractions beyond milliseconds are cut. A local time that the zone skips is
 * taken as much later as was skipped, of a repeated one the first (RFC 5545). Null for anything else.
 */
export function parseMoment(text: string, zone: string): Moment | null {
  const parts = written.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, fraction, shift] = parts
  const number = dayNumber(Number(year), Number(month), Number(day))
  if (dayLabel(number) !== text.slice(0, 10)) return null
  if (hour === undefined) {
    const clock = zoneClock(zone)
    return { start: clock.dayStart(number), end: clock.dayStart(number + 1), unit: 'day' }
  }
  const unit = writtenUnit(second, fraction)
  const milliseconds = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'))
  const ofDay = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1_000 + milliseconds
  const local = number * DAY_MS + ofDay
  const start = shift === undefined ? instantOfLocal(local, zone) : local - offsetMinutes(shift) * 60_000
  return { start, end: start + unitMs[unit], unit }
}

function instantOfLocal(local: number, zone: string): number {
  const text = new Date(local).toISOString().slice(0, -1)
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
}

/** The instant (ms) that a text in one of the forms of `parseMoment` begins at; null where it has none of them. */
export function parseInstant(text: string, zone: string): number | null {
  return parseMoment(text, zone)?.start ?? null
}

/**
 * Reads an inclusive range: `to` includes the whole unit it is written in. At fault are ends of another form than
 * `parseMoment` reads, a range that ends before it begins, and one of more than 5 calendar years.
 */
export function parseRange(texts: { from: string; to: string }, zone: string): WrittenRange | RangeFault {
  const from = parseMoment(texts.from, zone)
  const to = parseMoment(texts.to, zone)
  const form = 'must be a day YYYY-MM-DD, a local time YYYY-MM-DDTHH:mm[:ss] or an instant in ISO 8601'
  if (!from) return { fault: 'from', message: `from ${form}` }
  if (!to) return { fault: 'to', message: `to ${form}` }
  if (to.end <= from.start) return { fault: 'to', message: 'to must not lie before from' }
  const latest = Temporal.Instant.fromEpochMilliseconds(from.start)
    .toZonedDateTimeISO(zone)
    .add({ years: MAX_YEARS }).epochMilliseconds
  if (to.end > latest) return { fault: 'to', message: `the range must not be longer than ${MAX_YEARS} years` }
  return { from: from.start, to: to.end, fromUnit: from.unit, toUnit: to.unit }
}

/** One period of a range; `complete` is false while it runs at `now` and where the range cuts it. */
export type Period = { index: number; label: string; start: number; end: number; complete: boolean }

/** The periods of `unit` that overlap the range and have begun at `now` (ms), in order. */
export function periodsIn(
  range: Range,
  unit: Unit,
  { clock, now }: { clock: ZoneClock; now: number },
): Period[] {
  const periods: Period[] = []
  let index = clock.periodIndex(range.from, unit)
  let start = clock.periodStart(index, unit)
  while (start < range.to && start <= now) {
    const end = clock.periodStart(index + 1, unit)
    const complete = end <= now && start >= range.from && end <= range.to
    periods.push({ index, label: clock.labelOf(index, unit), start, end, complete })
    index += 1
    start = end
  }
  return periods
}

import { Temporal } from 'temporal-polyfill'
import { dayLabel, type Unit, type WeekStart } from './civil.ts'
import { zoneClock } from './zone-clock.ts'

/** A calendar period: `start` inclusive and `end` exclusive in ms; `label` is its first local day or its local hour. */
export type Bucket = { label: string; start: number; end: number }

/**
 * The calendar period of `zone` that holds an instant (ms). A day has 23, 24 or 25 hours; a repeated local hour is two
 * buckets; where midnight occurs twice the first opens the day. Throws RangeError where `zone` is no zone.
 */
export function bucketOf(instant: number, zone: string, unit: Unit, weekStart?: WeekStart): Bucket {
  const clock = zoneClock(zone, weekStart)
  const index = clock.periodIndex(instant, unit)
  return {
    label: clock.labelOf(index, unit),
    start: clock.periodStart(index, unit),
    end: clock.periodStart(index + 1, unit),
  }
}

/** The number of the UTC quarter hour that holds an instant (ms). Every zone's offset in use is a multiple of it. */
export function quarterHour(ms: number): number {
  return Math.floor(ms / 900_000)
}

/**
 * The instant (ms) at which the clocks of `zone` show, on the local day `day`, the time that they show at `ms`, cut
 * down to the quarter hour. A time that the day skips is taken as much later as was skipped; of a repeated one the
 * first. Fair comparison of a running day with an earlier one ends there.
 */
export function sameTimeOn(day: number, ms: number, zone: string): number {
  const time = Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'floor' })
  return Temporal.PlainDate.from(dayLabel(day)).toZonedDateTime({ timeZone: zone, plainTime: time })
    .epochMilliseconds
}

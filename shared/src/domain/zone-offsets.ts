import { Temporal } from 'temporal-polyfill'

/** A stretch of time with one UTC offset: from `start` to before `end` (ms), local time = UTC + `offset` (ms). */
export type OffsetSpan = { start: number; end: number; offset: number }

const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(2100, 0, 1)

/** Whether `name` is an IANA time zone that this machine knows. Bare offsets such as `+03:00` are none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/**
 * The offsets of a zone in order, without gaps. Rules are followed from 1900 to 2100; the first and the last offset
 * hold before and after. Throws RangeError where `zone` is no zone. Costs some 30 ms, so callers keep the answer.
 */
export function offsetSpans(zone: string): OffsetSpan[] {
  const spans: OffsetSpan[] = []
  let next: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(FIRST).toZonedDateTimeISO(zone)
  let start = Number.NEGATIVE_INFINITY
  while (next && next.epochMilliseconds < LAST) {
    const offset = next.offsetNanoseconds / 1_000_000
    const before = spans.at(-1)
    if (before?.offset !== offset) {
      if (before) before.end = start = next.epochMilliseconds
      spans.push({ start, end: Number.POSITIVE_INFINITY, offset })
    }
    next = next.getTimeZoneTransition('next')
  }
  return spans
}

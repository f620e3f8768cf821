import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { bucketOf, quarterHour, sameTimeOn } from './calendar.ts'
import { dayNumber, type Unit } from './civil.ts'

const at = (text: string) => Date.parse(text)
const zones = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Pacific/Apia',
  'America/St_Johns',
  'America/Havana',
  'Atlantic/Azores',
]

function bucket(text: string, zone: string, unit: Unit) {
  const { label, start, end } = bucketOf(at(text), zone, unit)
  return [label, new Date(start).toISOString(), new Date(end).toISOString()]
}

const zoned = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)

/** The local day by Temporal's own rules: the latest date whose first instant is not after `ms`. */
function referenceDay(ms: number, zone: string): Temporal.PlainDate {
  const today = zoned(ms, zone).toPlainDate()
  const tomorrow = today.add({ days: 1 })
  return tomorrow.toZonedDateTime(zone).epochMilliseconds <= ms ? tomorrow : today
}

function referenceBucket(ms: number, zone: string, unit: Exclude<Unit, 'hour'>) {
  const day = referenceDay(ms, zone)
  const first = {
    day,
    week: day.subtract({ days: day.dayOfWeek - 1 }),
    month: day.with({ day: 1 }),
    year: day.with({ month: 1, day: 1 }),
  }[unit]
  const start = first.toZonedDateTime(zone).epochMilliseconds
  let next = first.add({ [`${unit}s`]: 1 })
  while (next.toZonedDateTime(zone).epochMilliseconds === start) next = next.add({ days: 1 })
  return { label: first.toString(), start, end: next.toZonedDateTime(zone).epochMilliseconds }
}

describe('bucketOf', () => {
  it('gives days of 23, 24 and 25 hours', () => {
    const zone = 'Europe/Berlin'
    const day = ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']
    expect(bucket('2026-03-29T12:00Z', zone, 'day')).toEqual(day)
    expect(bucket('2026-03-28T23:00Z', zone, 'day')).toEqual(day)
    expect(bucket('2026-10-25T12:00Z', zone, 'day')).toEqual([
      '2026-10-25',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ])
    expect(bucket('2026-06-01T21:59:59.999Z', zone, 'day')[0]).toBe('2026-06-01')
    expect(bucket('2026-06-01T22:00Z', zone, 'day')[0]).toBe('2026-06-02')
  })

  it('makes two buckets of a repeated hour and none of a skipped one', () => {
    const zone = 'Europe/Berlin'
    expect(bucket('2026-10-25T00:30Z', zone, 'hour')).toEqual([
      '2026-10-25T02:00',
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ])
    expect(bucket('2026-10-25T01:30Z', zone, 'hour')).toEqual([
      '2026-10-25T02:00',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
    expect(bucket('2026-03-29T00:59Z', zone, 'hour')[0]).toBe('2026-03-29T01:00')
    expect(bucket('2026-03-29T01:00Z', zone, 'hour')[0]).toBe('2026-03-29T03:00')
  })

  it('shortens the hours in which clocks move by half an hour', () => {
    const zone = 'Australia/Lord_Howe'
    expect(bucket('2026-04-04T14:59Z', zone, 'hour')).toEqual([
      '2026-04-05T01:00',
      '2026-04-04T14:00:00.000Z',
      '2026-04-04T15:00:00.000Z',
    ])
    expect(bucket('2026-04-04T15:00Z', zone, 'hour')).toEqual([
      '2026-04-05T01:00',
      '2026-04-04T15:00:00.000Z',
      '2026-04-04T15:30:00.000Z',
    ])
    expect(bucket('2026-10-03T15:40Z', zone, 'hour')).toEqual([
      '2026-10-04T02:00',
      '2026-10-03T15:30:00.000Z',
      '2026-10-03T16:00:00.000Z',
    ])
  })

  it('begins hours at :15 of UTC where the offset asks for it', () => {
    expect(bucket('2026-01-01T00:20Z', 'Asia/Kathmandu', 'hour')).toEqual([
      '2026-01-01T06:00',
      '2026-01-01T00:15:00.000Z',
      '2026-01-01T01:15:00.000Z',
    ])
    // 1986-01-01: +05:30 became +05:45 at midnight, so the first hour had 45 minutes.
    expect(bucket('1985-12-31T18:30Z', 'Asia/Kathmandu', 'hour')).toEqual([
      '1986-01-01T00:00',
      '1985-12-31T18:30:00.000Z',
      '1985-12-31T19:15:00.000Z',
    ])
  })

  it('opens the day at the first of two midnights', () => {
    expect(bucket('2026-10-25T00:30Z', 'Atlantic/Azores', 'day')).toEqual([
      '2026-10-25',
      '2026-10-25T00:00:00.000Z',
      '2026-10-26T01:00:00.000Z',
    ])
    // 1990-10-28 in St. John's: at 00:01 clocks went back to 23:01 of the day before.
    expect(bucket('1990-10-28T02:30:30Z', 'America/St_Johns', 'day')[0]).toBe('1990-10-28')
    expect(bucket('1990-10-28T02:45Z', 'America/St_Johns', 'day')).toEqual([
      '1990-10-28',
      '1990-10-28T02:30:00.000Z',
      '1990-10-29T03:30:00.000Z',
    ])
    expect(bucket('1990-10-28T02:45Z', 'America/St_Johns', 'hour')).toEqual([
      '1990-10-27T23:00',
      '1990-10-28T02:31:00.000Z',
      '1990-10-28T03:30:00.000Z',
    ])
  })

  it('opens a day without midnight at its first instant', () => {
    expect(bucket('2018-11-04T12:00Z', 'America/Sao_Paulo', 'day')).toEqual([
      '2018-11-04',
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ])
  })

  it('knows no day that the zone never had', () => {
    expect(bucket('2011-12-30T09:59Z', 'Pacific/Apia', 'day')).toEqual([
      '2011-12-29',
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
    ])
    expect(bucket('2011-12-30T10:00Z', 'Pacific/Apia', 'day')).toEqual([
      '2011-12-31',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
    ])
  })

  it('begins weeks on the day that is asked for', () => {
    const sunday = at('2026-03-01T12:00Z')
    expect(bucketOf(sunday, 'UTC', 'week').label).toBe('2026-02-23')
    expect(bucketOf(sunday, 'UTC', 'week', 'monday').label).toBe('2026-02-23')
    expect(bucketOf(sunday, 'UTC', 'week', 'sunday').label).toBe('2026-03-01')
    expect(bucketOf(sunday, 'UTC', 'week', 'saturday').label).toBe('2026-02-28')
  })

  it('gives months and years by their first local day', () => {
    expect(bucket('2024-02-29T23:30Z', 'Europe/Berlin', 'month')[0]).toBe('2024-03-01')
    expect(bucket('2025-12-31T22:59Z', 'Europe/Berlin', 'year')).toEqual([
      '2025-01-01',
      '2024-12-31T23:00:00.000Z',
      '2025-12-31T23:00:00.000Z',
    ])
    expect(bucket('1969-12-31T12:00Z', 'UTC', 'month')[0]).toBe('1969-12-01')
  })

  it('refuses what is no zone', () => {
    expect(() => bucketOf(0, 'Mars/Olympus', 'day')).toThrow(RangeError)
  })

  it('agrees with Temporal at any instant', () => {
    const instant = fc.integer({ min: at('1970-01-01T00:00Z'), max: at('2035-12-31T00:00Z') })
    const unit = fc.constantFrom('day', 'week', 'month', 'year')
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, unit, (zone, ms, period) => {
        expect(bucketOf(ms, zone, period)).toEqual(referenceBucket(ms, zone, period))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('quarterHour', () => {
  it('counts quarter hours of UTC', () => {
    expect(quarterHour(0)).toBe(0)
    expect(quarterHour(at('1970-01-01T01:14:59.999Z'))).toBe(4)
    expect(quarterHour(at('1970-01-01T01:15Z'))).toBe(5)
  })
})

describe('sameTimeOn', () => {
  const same = (year: number, month: number, day: number, text: string) =>
    new Date(sameTimeOn(dayNumber(year, month, day), at(text), 'Europe/Berlin')).toISOString()

  it('keeps the local time, cut to the quarter hour', () => {
    expect(same(2026, 3, 9, '2026-03-10T13:44:59Z')).toBe('2026-03-09T13:30:00.000Z')
    expect(same(2026, 3, 28, '2026-03-29T13:44:59Z')).toBe('2026-03-28T14:30:00.000Z')
  })

  it('moves a skipped time on and takes the first of a repeated one', () => {
    expect(same(2026, 3, 29, '2026-03-30T00:30Z')).toBe('2026-03-29T01:30:00.000Z')
    expect(same(2026, 10, 25, '2026-10-26T01:30Z')).toBe('2026-10-25T00:30:00.000Z')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, type Unit } from './civil.ts'
import { zoneClock } from './zone-clock.ts'
import { isZone, offsetSpans } from './zone-offsets.ts'

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
const units: Unit[] = ['hour', 'day', 'week', 'month', 'year']
const anyZone = fc.constantFrom(...zones)
const anyInstant = fc.integer({ min: at('1970-01-01T00:00Z'), max: at('2035-12-31T00:00Z') })

/** Instants of which half lie within two hours of a change of offset. */
const instants = fc.tuple(
  anyZone,
  anyInstant,
  fc.boolean(),
  fc.integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS }),
)
const questions = instants.map(([zone, instant, nearChange, distance]) => {
  const change = nearChange && offsetSpans(zone).find((span) => span.start > instant)
  return { zone, ms: change ? change.start + distance : instant }
})

/** Milliseconds that the platform's own calendar adds to UTC, for an instant after 1972. */
function offsetByIntl(ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
}

describe('isZone', () => {
  it('knows IANA names and nothing else', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Etc/GMT+5']) expect(isZone(name)).toBe(true)
    for (const name of ['', '+03:00', 'Mars/Olympus', 'UTC+3', 'Berlin']) expect(isZone(name)).toBe(false)
  })
})

describe('offsetSpans', () => {
  it('covers all time without gaps', () => {
    for (const zone of zones) {
      const spans = offsetSpans(zone)
      expect(spans[0]?.start).toBe(Number.NEGATIVE_INFINITY)
      expect(spans.at(-1)?.end).toBe(Number.POSITIVE_INFINITY)
      for (const [i, span] of spans.slice(1).entries()) expect(span.start).toBe(spans[i]?.end)
    }
  })

  it('agrees with the platform', () => {
    const after = at('1973-01-01T00:00Z')
    fc.assert(
      fc.property(questions, ({ zone, ms }) => {
        fc.pre(ms > after)
        const span = offsetSpans(zone).find((candidate) => ms < candidate.end)
        expect(span?.offset).toBe(offsetByIntl(ms, zone))
      }),
      { numRuns: 60 },
    )
  })
})

describe('ZoneClock', () => {
  it('counts local days from 1970-01-01', () => {
    const clock = zoneClock('Asia/Kathmandu')
    expect(clock.dayOf(at('1970-01-01T18:29:59.999Z'))).toBe(0)
    expect(clock.dayOf(at('1970-01-01T18:30Z'))).toBe(1)
    expect(clock.dayStart(1)).toBe(at('1970-01-01T18:30Z'))
  })

  it('gives a day that never was the start of the next', () => {
    const clock = zoneClock('Pacific/Apia')
    const missing = clock.dayOf(at('2011-12-30T10:00Z')) - 1
    expect(clock.dayStart(missing)).toBe(at('2011-12-30T10:00Z'))
    expect(clock.periodOfDay(missing, 'day')).toBe(clock.periodOfDay(missing + 1, 'day'))
    expect(clock.periodOfDay(missing, 'day')).toBe(clock.periodOfDay(missing - 1, 'day') + 1)
    expect(clock.labelOf(clock.periodOfDay(missing, 'day'), 'day')).toBe('2011-12-31')
  })

  it('counts months and years from 1970, weeks and hours one by one', () => {
    const clock = zoneClock('UTC')
    expect(clock.periodIndex(at('1971-02-10T00:00Z'), 'month')).toBe(13)
    expect(clock.periodIndex(at('1969-12-31T23:00Z'), 'month')).toBe(-1)
    expect(clock.periodIndex(at('2026-02-10T00:00Z'), 'year')).toBe(56)
    expect(clock.periodIndex(at('1970-01-01T05:59Z'), 'hour')).toBe(5)
    expect(clock.labelOf(13, 'month')).toBe('1971-02-01')
    expect(clock.labelOf(-1, 'year')).toBe('1969-01-01')
  })

  it('goes on counting hours through a change of clocks', () => {
    const clock = zoneClock('Europe/Berlin')
    const first = clock.periodIndex(at('2026-10-25T00:00Z'), 'hour')
    expect([0, 1, 2].map((i) => clock.labelOf(first + i, 'hour'))).toEqual([
      '2026-10-25T02:00',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
    ])
    expect([0, 1, 2].map((i) => clock.periodStart(first + i, 'hour'))).toEqual(
      ['00', '01', '02'].map((hour) => at(`2026-10-25T${hour}:00Z`)),
    )
  })

  it('holds every instant in one period, and periods lie end to end', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...units), ({ zone, ms }, unit) => {
        const clock = zoneClock(zone)
        const index = clock.periodIndex(ms, unit)
        const start = clock.periodStart(index, unit)
        const end = clock.periodStart(index + 1, unit)
        expect(start <= ms && ms < end).toBe(true)
        expect(clock.periodIndex(start, unit)).toBe(index)
        expect(clock.periodIndex(end - 1, unit)).toBe(index)
        expect(clock.periodIndex(end, unit)).toBe(index + 1)
      }),
      { numRuns: 2_000 },
    )
  })

  it('tells what clocks show, and the stretches of one offset', () => {
    const clock = zoneClock('Europe/Berlin')
    expect(clock.localTime(at('2026-03-29T00:59:00Z'))).toBe(at('2026-03-29T01:59:00Z'))
    expect(clock.localTime(at('2026-03-29T01:00:00Z'))).toBe(at('2026-03-29T03:00:00Z'))
    const [from, to] = [at('2026-03-28T00:00Z'), at('2026-03-30T00:00Z')]
    const change = at('2026-03-29T01:00:00Z')
    expect(clock.offsetsWithin({ from, to })).toEqual([
      { start: from, end: change, offset: HOUR_MS },
      { start: change, end: to, offset: 2 * HOUR_MS },
    ])
    expect(clock.offsetsWithin({ from, to: change })).toHaveLength(1)
  })

  it('names the local hour of an instant, and never makes an hour longer than one', () => {
    fc.assert(
      fc.property(questions, ({ zone, ms }) => {
        const clock = zoneClock(zone)
        const index = clock.periodIndex(ms, 'hour')
        const offset = offsetSpans(zone).find((span) => ms < span.end)?.offset ?? Number.NaN
        expect(clock.labelOf(index, 'hour')).toBe(`${new Date(ms + offset).toISOString().slice(0, 13)}:00`)
        expect(clock.periodStart(index + 1, 'hour') - clock.periodStart(index, 'hour')).toBeLessThanOrEqual(
          HOUR_MS,
        )
      }),
      { numRuns: 200 },
    )
  })
})

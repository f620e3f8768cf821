import { describe, expect, it } from 'vitest'
import { parseInstant, parseMoment, parseRange, periodsIn } from './range.ts'
import { zoneClock } from './zone-clock.ts'

const at = (text: string) => Date.parse(text)
const berlin = 'Europe/Berlin'

describe('parseMoment', () => {
  it('reads a local day, however long it is', () => {
    expect(parseMoment('2026-03-29', berlin)).toEqual({
      start: at('2026-03-28T23:00Z'),
      end: at('2026-03-29T22:00Z'),
      unit: 'day',
    })
  })

  it('reads local times and instants, each as long as its last unit', () => {
    const start = at('2026-03-01T13:30Z')
    expect(parseMoment('2026-03-01T14:30', berlin)).toEqual({ start, end: start + 60_000, unit: 'minute' })
    expect(parseMoment('2026-03-01T14:30:00', berlin)).toEqual({ start, end: start + 1_000, unit: 'second' })
    expect(parseMoment('2026-03-01T13:30Z', berlin)).toEqual({ start, end: start + 60_000, unit: 'minute' })
    expect(parseMoment('2026-03-01T16:30:00+03:00', berlin)).toEqual({
      start,
      end: start + 1_000,
      unit: 'second',
    })
    expect(parseMoment('2026-03-01T10:00-0330', berlin)?.start).toBe(start)
  })

  it('cuts fractions beyond milliseconds', () => {
    const start = at('2026-03-01T13:30:00.999Z')
    expect(parseMoment('2026-03-01T13:30:00.9999999Z', berlin)).toEqual({
      start,
      end: start + 1,
      unit: 'millisecond',
    })
    expect(parseInstant('2026-03-01T13:30:00.5Z', berlin)).toBe(at('2026-03-01T13:30:00.500Z'))
  })

  it('moves a skipped local time on and takes the first of a repeated one', () => {
    expect(parseInstant('2026-03-29T02:30', berlin)).toBe(at('2026-03-29T01:30Z'))
    expect(parseInstant('2026-10-25T02:30', berlin)).toBe(at('2026-10-25T00:30Z'))
  })

  it.each([
    '',
    'today',
    '2026-3-1',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0026-01-01',
    '2026-01-01T24:00',
    '2026-01-01T12',
    '2026-01-01T12:60',
    '2026-01-01T12:00:60Z',
    '2026-01-01 12:00',
    '2026-01-01T12:00z',
    '2026-01-01T12:00+25:00',
    '2026-01-01Z',
    '2026-01-01T12:00:00.Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '1767225600000',
  ])('refuses %j', (text) => {
    expect(parseMoment(text, berlin)).toBeNull()
  })
})

describe('parseRange', () => {
  const range = (from: string, to: string) => parseRange({ from, to }, berlin)

  it('includes the whole unit in which its end is written', () => {
    expect(range('2026-03-01', '2026-03-31')).toEqual({
      from: at('2026-02-28T23:00Z'),
      to: at('2026-03-31T22:00Z'),
      fromUnit: 'day',
      toUnit: 'day',
    })
    expect(range('2026-03-01T10:00', '2026-03-01T10:00')).toMatchObject({
      from: at('2026-03-01T09:00Z'),
      to: at('2026-03-01T09:01Z'),
    })
    expect(range('2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z')).toMatchObject({
      to: at('2026-03-01T10:00:01Z'),
    })
  })

  it('allows ends written in different units', () => {
    expect(range('2026-03-01T12:00', '2026-03-01')).toMatchObject({
      from: at('2026-03-01T11:00Z'),
      to: at('2026-03-01T23:00Z'),
    })
  })

  it('names the end that cannot be read', () => {
    expect(range('yesterday', '2026-03-01')).toMatchObject({ fault: 'from' })
    expect(range('2026-03-01', '2026-02-30')).toMatchObject({ fault: 'to' })
  })

  it('refuses a reversed range', () => {
    expect(range('2026-03-02', '2026-03-01')).toEqual({ fault: 'to', message: 'to must not lie before from' })
  })

  it('takes five calendar years and no more', () => {
    expect(range('2021-03-01', '2026-02-28')).toMatchObject({ toUnit: 'day' })
    expect(range('2021-03-01', '2026-03-01')).toEqual({
      fault: 'to',
      message: 'the range must not be longer than 5 years',
    })
  })
})

describe('periodsIn', () => {
  const clock = zoneClock(berlin)
  const list = (from: string, to: string, now: string) =>
    periodsIn({ from: at(from), to: at(to) }, 'day', { clock, now: at(now) }).map(({ label, complete }) => [
      label,
      complete,
    ])

  it('lists whole periods that have ended as complete', () => {
    expect(list('2026-02-28T23:00Z', '2026-03-02T23:00Z', '2026-03-02T23:00Z')).toEqual([
      ['2026-03-01', true],
      ['2026-03-02', true],
    ])
  })

  it('lists a period that the range cuts, and one that runs, as incomplete', () => {
    expect(list('2026-03-01T00:00Z', '2026-03-04T22:00Z', '2026-03-09T00:00Z')).toEqual([
      ['2026-03-01', false],
      ['2026-03-02', true],
      ['2026-03-03', true],
      ['2026-03-04', false],
    ])
    expect(list('2026-02-28T23:00Z', '2026-03-04T23:00Z', '2026-03-02T22:59Z')).toEqual([
      ['2026-03-01', true],
      ['2026-03-02', false],
    ])
  })

  it('leaves out what has not begun', () => {
    expect(list('2026-03-01T23:00Z', '2026-03-04T23:00Z', '2026-03-01T22:59Z')).toEqual([])
    expect(list('2026-03-01T23:00Z', '2026-03-04T23:00Z', '2026-03-01T23:00Z')).toEqual([
      ['2026-03-02', false],
    ])
  })

  it('tells a repeated hour apart by its start', () => {
    const range = { from: at('2026-10-25T00:00Z'), to: at('2026-10-25T02:00Z') }
    const hours = periodsIn(range, 'hour', { clock, now: at('2026-10-26T00:00Z') })
    expect(hours.map(({ label, start }) => [label, start])).toEqual([
      ['2026-10-25T02:00', at('2026-10-25T00:00Z')],
      ['2026-10-25T02:00', at('2026-10-25T01:00Z')],
    ])
  })
})

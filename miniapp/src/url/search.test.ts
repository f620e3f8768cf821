import { describe, expect, it } from 'vitest'
import { isComplete, parseConditions, parseStep, readValue } from './conditions.ts'
import { funnelOf, parseFunnel, readWindow, searchOf, writeWindow } from './funnel.ts'
import { parsePeople } from './people.ts'
import { atLeast, parseShared, resolveRange } from './range.ts'
import { matrixOf, naturalPeriod, parseRetention } from './retention.ts'
import { parseUsers } from './users.ts'

const today = '2026-11-20'

describe('resolveRange', () => {
  it('ends ranges of several days yesterday', () => {
    expect(resolveRange({}, today)).toEqual({ from: today, to: today, preset: 'today' })
    expect(resolveRange({ r: '7d' }, today)).toEqual({ from: '2026-11-13', to: '2026-11-19', preset: '7d' })
    expect(resolveRange({ r: '30d' }, today)).toEqual({ from: '2026-10-21', to: '2026-11-19', preset: '30d' })
    expect(resolveRange({ from: '2026-01-01', to: '2026-01-02' }, today).preset).toBeNull()
  })

  it('is widened to the days that end with it', () => {
    expect(atLeast({ from: today, to: today, preset: 'today' }, 14).from).toBe('2026-11-07')
    const month = resolveRange({ r: '30d' }, today)
    expect(atLeast(month, 14)).toBe(month)
  })
})

describe('parseShared', () => {
  it('leaves out what it cannot read', () => {
    expect(parseShared({ r: '3d', from: '2026-02-30', to: '2026-03-01', where: 'x', staff: 'yes' })).toEqual(
      {},
    )
    expect(parseShared({ from: '2026-03-02', to: '2026-03-01' })).toEqual({})
    expect(parseShared({ from: '2001-01-01', to: '2026-03-01' })).toEqual({})
  })

  it('takes conditions on people and no others', () => {
    const user = { scope: 'user', key: 'tier', op: 'eq', value: 'vip' }
    const where = [
      user,
      { scope: 'event', key: 'text', op: 'is_set' },
      { scope: 'user', key: 'x', op: 'about', value: 1 },
    ]
    expect(parseShared({ where, staff: true })).toEqual({ where: [user], staff: true })
  })
})

describe('parseConditions', () => {
  it('refuses what the server would refuse', () => {
    const base = { scope: 'user', key: 'credits' }
    expect(parseConditions([{ ...base, op: 'gt', value: 'many' }])).toEqual([])
    expect(parseConditions([{ ...base, op: 'gt', value: [1] }])).toEqual([])
    expect(parseConditions([{ ...base, op: 'eq' }])).toEqual([])
    expect(parseConditions([{ ...base, op: 'is_set', value: 1 }])).toEqual([{ ...base, op: 'is_set' }])
    expect(parseConditions([{ ...base, op: 'eq', value: [1, 'a'] }])).toEqual([
      { ...base, op: 'eq', value: [1, 'a'] },
    ])
  })
})

describe('readValue', () => {
  it('makes a list of commas for "is" alone', () => {
    expect(readValue('eq', 'a, b,')).toEqual(['a', 'b'])
    expect(readValue('eq', 'a,')).toBe('a')
    expect(readValue('contains', 'a, b')).toBe('a, b')
    expect(isComplete({ scope: 'user', key: 'x', op: 'eq', value: '' })).toBe(false)
  })
})

describe('the funnel of an address', () => {
  it('comes back as it went in', () => {
    const definition = {
      steps: [
        { event: 'started' },
        { event: ['a', 'b'], where: [{ scope: 'event' as const, key: 'x', op: 'ge' as const, value: 2 }] },
        { event: null },
      ],
      window: { value: 1.5, unit: 'hour' as const },
    }
    expect(searchOf(definition).window).toBe('1.5h')
    expect(funnelOf(parseFunnel({ ...searchOf(definition) }))).toEqual(definition)
  })

  it('is the default one where a step cannot be read', () => {
    const events = ['store_viewed', 'invoice_sent', 'payment_completed']
    for (const steps of [
      'x',
      [{ event: 'one' }],
      [{ event: 'one' }, { event: 7 }],
      Array(11).fill({ event: 'a' }),
    ])
      expect(funnelOf(parseFunnel({ steps })).steps.map(({ event }) => event)).toEqual(events)
  })

  it('knows windows from 1 second to 365 days', () => {
    expect(readWindow('365d')).toEqual({ value: 365, unit: 'day' })
    expect(readWindow('30min')).toEqual({ value: 30, unit: 'minute' })
    expect(writeWindow({ value: 1, unit: 'month' })).toBe('1mo')
    for (const bad of ['0s', '366d', '7', 'd', '-1d', '7x', 7, '13mo'])
      expect(readWindow(bad), String(bad)).toBeNull()
  })

  it('reads a step of one event in a list as that event', () => {
    expect(parseStep({ event: ['a'] })).toEqual({ event: 'a' })
    expect(parseStep({ event: [] })).toBeNull()
    expect(parseStep({ event: null })).toEqual({ event: null })
  })
})

describe('matrixOf', () => {
  const calendar = { weekStart: 'monday' as const, today }

  it('has a row for each period of the range and a column for each begun since', () => {
    const range = resolveRange({ r: '30d' }, today)
    expect(matrixOf(range, { ...calendar, period: 'day' })).toEqual({
      from: '2026-10-21',
      cohorts: 30,
      periods: 31,
    })
    expect(matrixOf(range, { ...calendar, period: 'week' })).toEqual({
      from: '2026-10-01',
      cohorts: 8,
      periods: 8,
    })
    expect(matrixOf(range, { ...calendar, period: 'month' })).toEqual({
      from: '2026-06-01',
      cohorts: 6,
      periods: 6,
    })
    expect(matrixOf({ ...range, from: today, to: today }, { ...calendar, period: 'hour' })).toEqual({
      from: today,
      cohorts: 24,
      periods: 24,
    })
  })

  it('takes the period that suits the range', () => {
    const natural = (from: string) => naturalPeriod({ from, to: today, preset: null })
    expect([natural('2026-11-01'), natural('2026-08-01'), natural('2025-11-01')]).toEqual([
      'day',
      'week',
      'month',
    ])
  })
})

describe('bad links', () => {
  it('open with defaults', () => {
    expect(parseRetention({ period: 'decade', mode: 'on', start: 1, startEvent: 'x' })).toEqual({})
    expect(parseUsers({ search: 42, segment: 'x', sort: 'name', order: 'up' })).toEqual({ search: '42' })
    expect(parsePeople({ stat: 'constructor', q: {} })).toBeNull()
    expect(parsePeople({ stat: 'funnel', q: [] })).toBeNull()
  })
})

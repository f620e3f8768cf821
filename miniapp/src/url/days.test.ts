import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, isDay, periodsBefore, periodsTouched, weekOf } from './days.ts'

describe('isDay', () => {
  it('takes days that exist and nothing else', () => {
    expect(isDay('2028-02-29')).toBe(true)
    for (const bad of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', 20260101, null])
      expect(isDay(bad), String(bad)).toBe(false)
  })
})

describe('addDays', () => {
  it('crosses months, years and the change of clocks', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  })
})

describe('weekOf', () => {
  it('finds the first day of the week by the installation', () => {
    // 2026-11-20 is a Friday.
    expect(weekOf('2026-11-20', 'monday')).toBe('2026-11-16')
    expect(weekOf('2026-11-20', 'sunday')).toBe('2026-11-15')
    expect(weekOf('2026-11-20', 'saturday')).toBe('2026-11-14')
    expect(weekOf('2026-11-16', 'monday')).toBe('2026-11-16')
  })
})

describe('periodsTouched', () => {
  it('counts the calendar periods a range overlaps', () => {
    const range = { from: '2026-10-31', to: '2026-11-02' }
    expect(periodsTouched(range, 'hour', 'monday')).toBe(72)
    expect(periodsTouched(range, 'day', 'monday')).toBe(3)
    expect(periodsTouched(range, 'week', 'monday')).toBe(2)
    expect(periodsTouched(range, 'month', 'monday')).toBe(2)
    expect(periodsTouched(range, 'year', 'monday')).toBe(1)
  })
})

describe('periodsBefore', () => {
  it('steps back by whole periods', () => {
    expect(periodsBefore('2026-01-15', 'month', 2)).toBe('2025-11-01')
    expect(periodsBefore('2026-01-15', 'year', 1)).toBe('2025-01-01')
    expect(periodsBefore('2026-01-15', 'week', 1)).toBe('2026-01-08')
    expect(periodsBefore('2026-01-15', 'hour', 25)).toBe('2026-01-13')
  })
})

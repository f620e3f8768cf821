import { describe, expect, it } from 'vitest'
import { hourOfWeekAt, weekHours } from './hour-of-week.ts'

describe('hourOfWeekAt', () => {
  it('counts hours from Monday, before 1970 too', () => {
    const at = (local: string) => hourOfWeekAt(Date.parse(`${local}Z`))
    expect(at('2026-05-11T00:00')).toBe(0)
    expect(at('2026-05-11T23:59')).toBe(23)
    expect(at('2026-05-17T23:59')).toBe(167)
    expect(at('1970-01-01T05:00')).toBe(3 * 24 + 5)
    expect(at('1969-12-28T23:00')).toBe(167)
  })
})

describe('weekHours', () => {
  it('begins with the first weekday', () => {
    expect(weekHours('monday')[0]).toEqual({ weekday: 1, hour: 0, place: 0 })
    expect(weekHours('sunday')[0]).toEqual({ weekday: 7, hour: 0, place: 144 })
    expect(weekHours('saturday').at(-1)).toEqual({ weekday: 5, hour: 23, place: 119 })
    expect(new Set(weekHours('sunday').map(({ place }) => place)).size).toBe(168)
  })
})

import { describe, expect, it } from 'vitest'
import { arrivalDays } from './arrivals.ts'
import { Random } from './random.ts'
import { day, hour, isWithin, yearEnding } from './year.ts'

const until = Date.UTC(2026, 10, 20, 14, 30)
const year = yearEnding(until, 365)
const days = arrivalDays(new Random('arrivals'), 5000, year)

function between(since: number, end: number): number {
  return days.filter((at) => isWithin(at, { since, until: end })).length
}

describe('arrivalDays', () => {
  it('brings everybody in order, within the days of the year', () => {
    expect(days).toHaveLength(5000)
    expect([...days].sort((a, b) => a - b)).toEqual(days)
    expect(days[0]).toBeGreaterThanOrEqual(Date.UTC(2025, 10, 20))
    expect(days.at(-1)).toBeLessThanOrEqual(Date.UTC(2026, 10, 20))
  })

  it('grows over the year', () => {
    expect(between(year.until - 91 * day, year.until)).toBeGreaterThan(
      3 * between(year.since, year.since + 91 * day),
    )
  })

  it('has the campaign of June and the viral clip', () => {
    const month = (index: number) => between(Date.UTC(2026, index, 1), Date.UTC(2026, index + 1, 1))
    expect(month(5)).toBeGreaterThan(1.15 * month(6))
    const { since } = year.viral
    expect(between(since, since + 3 * day)).toBeGreaterThan(1.6 * between(since - 7 * day, since - 4 * day))
  })

  it('counts a day by how much of it lies in the year', () => {
    const short = yearEnding(Date.UTC(2026, 2, 3) + hour, 2)
    const last = arrivalDays(new Random('short'), 2000, short).filter((at) => at === Date.UTC(2026, 2, 3))
    expect(last.length).toBeGreaterThan(0)
    expect(last.length).toBeLessThan(200)
  })
})

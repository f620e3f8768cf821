import type { Random } from './random.ts'
import { growthOf, sources } from './sources.ts'
import { day, midnight, type Year } from './year.ts'

/** The bot starts small and is some eight times as large at the year's end. */
function popularity(at: number, year: Year): number {
  return 0.35 + 2.2 * growthOf(at, year) ** 1.6
}

/** How many more come on a weekend, Monday first. */
const week = [0.92, 0.9, 0.93, 0.95, 1.02, 1.15, 1.13]

/**
 * The UTC days of the year on which each of `count` people comes, in their order: more and more of them, with the
 * spikes of the sources. Every day counts in proportion to how much of it lies within the year.
 */
export function arrivalDays(random: Random, count: number, year: Year): number[] {
  const days: { start: number; weight: number }[] = []
  for (let start = midnight(year.since); start < year.until; start += day) {
    const covered = Math.min(start + day, year.until) - Math.max(start, year.since)
    const noon = start + day / 2
    const flow = sources.reduce((sum, source) => sum + source.flow(noon, year), 0)
    const weekday = week[(Math.floor(start / day) + 3) % 7] ?? 1
    days.push({ start, weight: (covered / day) * popularity(noon, year) * flow * weekday })
  }
  let total = 0
  const cumulative = days.map(({ weight }) => {
    total += weight
    return total
  })
  const drawDay = () => {
    const at = random.next() * total
    return days[cumulative.findIndex((sum) => sum > at)]?.start ?? midnight(year.since)
  }
  return Array.from({ length: count }, drawDay).sort((a, b) => a - b)
}

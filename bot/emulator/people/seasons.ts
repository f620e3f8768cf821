import type { Language } from './languages.ts'
import type { Random } from './random.ts'
import { day, hour, isWithin, midnight, minute, type Year } from './year.ts'

/** How much of a weekday's activity falls into each local hour. */
const workday = [
  1.2, 0.6, 0.35, 0.2, 0.2, 0.35, 0.9, 1.8, 2.4, 2.5, 2.6, 2.8, 3.4, 3.2, 2.7, 2.7, 2.9, 3.6, 4.3, 5.1, 5.8,
  5.7, 4.3, 2.6,
]
const weekend = [
  2, 1.3, 0.8, 0.4, 0.3, 0.3, 0.5, 0.9, 1.7, 2.8, 3.7, 4.2, 4.4, 4.3, 4.2, 4.1, 4.1, 4.2, 4.5, 4.9, 5.2, 5.1,
  4.4, 3.2,
]
const hours = Array.from({ length: 24 }, (_, index) => index)

/** Day of the week, 0 = Monday. */
function weekdayOf(at: number): number {
  return (Math.floor(at / day) + 3) % 7
}

/** How eager people are on the day of an instant, about 1: holidays at the turn of the year, a slack in high summer. */
function seasonOf(at: number): number {
  const date = new Date(at)
  const [month, dayOfMonth] = [date.getUTCMonth() + 1, date.getUTCDate()]
  if ((month === 12 && dayOfMonth >= 24) || (month === 1 && dayOfMonth <= 3)) return 1.3
  if (month === 7 || month === 8) return 0.85
  if (month === 2 && dayOfMonth >= 13 && dayOfMonth <= 15) return 1.2
  return 1
}

/** How eager people of a language are on the local day of an instant, about 1. */
export function eagerness(language: Language, at: number): number {
  return (language.week[weekdayOf(at)] ?? 1) * seasonOf(at)
}

/** An instant of the local day that begins at `midnightAt` (local clock, ms), at an hour people are awake. */
export function momentOf(random: Random, midnightAt: number, offset: number): number {
  const curve = weekdayOf(midnightAt) >= 5 ? weekend : workday
  const at = random.weighted(hours, (index) => curve[index] ?? 0)
  return Math.floor(midnightAt + (at - offset) * hour + random.next() * hour)
}

/**
 * When somebody who means to come back in about `gapMs` does so: at an hour when they are awake, rather on a day on
 * which people of their language are eager, less likely on the day after an outage; at least 20 minutes later.
 */
export function nextVisit(
  random: Random,
  home: { language: Language; offset: number },
  plan: { after: number; gapMs: number; year: Year },
): number {
  const local = plan.after + plan.gapMs + home.offset * hour
  let localDay = midnight(local)
  for (let tries = 0; tries < 6; tries++) {
    const slack = isWithin(localDay + day / 2, plan.year.aftermath) ? 0.45 : 1
    if (random.chance((eagerness(home.language, localDay) * slack) / 1.35)) break
    localDay += day
  }
  const at = momentOf(random, localDay, home.offset)
  return Math.max(at, plan.after + 20 * minute + Math.floor(random.next() * 90 * minute))
}

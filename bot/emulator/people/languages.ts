import type { Random } from './random.ts'

/** The people of one language: how many of all, how their week runs, where they live. */
export interface Language {
  code: string
  share: number
  /** Hours ahead of UTC of the places where they live, each place as often as it is listed. */
  offsets: readonly number[]
  /** How eager each day is, Monday first. */
  week: readonly number[]
  /** How readily they pay, against the average. */
  spending: number
}

const weekendOnSunday = [0.93, 0.9, 0.92, 0.95, 1.02, 1.18, 1.22]
const weekendOnFriday = [0.95, 0.93, 0.93, 1, 1.25, 1.15, 0.92]

export const languages: readonly Language[] = [
  { code: 'ru', share: 32, offsets: [3, 3, 3, 3, 5, 5, 7, 10], week: weekendOnSunday, spending: 0.95 },
  { code: 'en', share: 28, offsets: [-8, -6, -5, -5, 0, 0, 5.5, 10], week: weekendOnSunday, spending: 1.3 },
  { code: 'es', share: 10, offsets: [1, 1, -5, -6, -3], week: weekendOnSunday, spending: 0.9 },
  { code: 'pt', share: 6, offsets: [-3, -3, -3, 0], week: weekendOnSunday, spending: 0.7 },
  { code: 'de', share: 8, offsets: [1], week: weekendOnSunday, spending: 1.5 },
  { code: 'fr', share: 4, offsets: [1, 1, 0], week: weekendOnSunday, spending: 1.2 },
  { code: 'it', share: 3, offsets: [1], week: weekendOnSunday, spending: 1.1 },
  { code: 'tr', share: 2.5, offsets: [3], week: weekendOnSunday, spending: 0.6 },
  { code: 'uk', share: 2, offsets: [2], week: weekendOnSunday, spending: 0.8 },
  { code: 'ar', share: 1.8, offsets: [2, 3, 4], week: weekendOnFriday, spending: 0.9 },
  { code: 'hi', share: 1.5, offsets: [5.5], week: weekendOnSunday, spending: 0.4 },
  { code: 'ja', share: 1.2, offsets: [9], week: weekendOnSunday, spending: 1.4 },
]

export function drawLanguage(random: Random): Language {
  return random.weighted(languages, (language) => language.share)
}

import type { Random } from './random.ts'
import { day, isWithin, type Year } from './year.ts'

/** Where people come from, how many at a time of the year, and what they are like. */
export interface Source {
  name: string
  /** What follows `/start`; none for those who found the bot by themselves, and a referral names its link later. */
  payload?: string
  /** How many come on a day, against the other sources. */
  flow(at: number, year: Year): number
  /** How likely they come back, against the average. */
  loyalty: number
  /** How readily they pay, against the average. */
  spending: number
  /** Languages that this source brings more of than their share. */
  speaks?: readonly string[]
}

export const referral = 'referral'

/** A campaign of June, in whichever year the span has one. */
function isJune(at: number): boolean {
  return new Date(at).getUTCMonth() === 5
}

export const sources: readonly Source[] = [
  { name: 'direct', flow: () => 10, loyalty: 1.15, spending: 1.1 },
  {
    name: 'reels',
    payload: 'src_reels',
    flow: (at, year) => {
      const days = (at - year.viral.since) / day
      return 6 + (isWithin(at, year.viral) ? 46 * Math.exp(-days / 2.5) : 0)
    },
    loyalty: 0.7,
    spending: 0.6,
    speaks: ['en', 'es', 'pt'],
  },
  {
    name: 'habr',
    payload: 'src_habr',
    flow: (at, year) => {
      const days = (at - year.article.since) / day
      if (days < 0) return 0
      return 0.5 + 40 * Math.exp(-days / 1.2)
    },
    loyalty: 1.35,
    spending: 1.2,
    speaks: ['ru', 'uk'],
  },
  {
    name: 'ads_june',
    payload: 'src_ads_june',
    flow: (at) => (isJune(at) ? 13 : 0),
    loyalty: 0.45,
    spending: 0.5,
  },
  {
    name: 'newsletter',
    payload: 'src_newsletter',
    flow: () => 1.6,
    loyalty: 1.4,
    spending: 1.9,
    speaks: ['de', 'en'],
  },
  {
    name: 'tiktok',
    payload: 'src_tiktok',
    flow: (at, year) => 4 * growthOf(at, year) ** 1.5,
    loyalty: 0.75,
    spending: 0.5,
  },
  { name: referral, flow: () => 3.2, loyalty: 1.3, spending: 1.25 },
]

/** From 0 at the beginning of the year to 1 at its end. */
export function growthOf(at: number, year: Year): number {
  return Math.max(0, Math.min(1, (at - year.since) / (year.until - year.since)))
}

/** How much more, or less, a source brings of a language than of others. */
function reach(source: Source, language: string): number {
  if (!source.speaks) return 1
  return source.speaks.includes(language) ? 2.5 : 0.15
}

/** Where somebody who speaks `language` and comes at an instant (ms) comes from. */
export function drawSource(
  random: Random,
  language: string,
  { at, year }: { at: number; year: Year },
): Source {
  return random.weighted(sources, (source) => source.flow(at, year) * reach(source, language))
}

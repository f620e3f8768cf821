import type { Step } from '@botdeck/shared/contract/params'
import { parseStep } from './conditions.ts'
import type { Period } from './days.ts'
import { lengthOf, type Range } from './range.ts'

export const trendMeasures = ['users', 'events'] as const
export const trendBreakdowns = ['language', 'source', 'tier'] as const

/** What the screen of trends keeps in its address; absent means the default. */
export interface TrendSearch {
  event?: Step
  count?: 'events'
  by?: (typeof trendBreakdowns)[number]
}

export interface TrendDefinition {
  event: Step
  measure: (typeof trendMeasures)[number]
  by: (typeof trendBreakdowns)[number] | null
}

/** The part of an address that trends own; what cannot be read is left out. */
export function parseTrend(raw: Record<string, unknown>): TrendSearch {
  const event = parseStep(raw.event)
  const by = trendBreakdowns.find((known) => known === raw.by)
  return {
    ...(event ? { event } : {}),
    ...(raw.count === 'events' ? { count: 'events' as const } : {}),
    ...(by ? { by } : {}),
  }
}

/** The trend of an address, with the defaults where it says nothing: people with any activity. */
export function trendOf({ event, count, by }: TrendSearch): TrendDefinition {
  return { event: event ?? { event: null }, measure: count ?? 'users', by: by ?? null }
}

/** The interval in which the points of a range read best: hours of a day, days of a quarter, then weeks and months. */
export function intervalOf(range: Pick<Range, 'from' | 'to'>): Period {
  const days = lengthOf(range)
  if (days === 1) return 'hour'
  if (days <= 92) return 'day'
  return days <= 366 ? 'week' : 'month'
}

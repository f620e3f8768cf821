import { valueNumber } from './conditions.ts'
import { rate } from './numbers.ts'
import type { Figure } from './running-figure.ts'

export const trendMeasures = ['events', 'users', 'sum', 'average'] as const

/** What a series counts: events, distinct people, or the sum or the mean of a property's numbers. */
export type TrendMeasure = (typeof trendMeasures)[number]

/** Whether a measure is of numbers that a property holds. */
export function isOfNumbers(measure: TrendMeasure): boolean {
  return measure === 'sum' || measure === 'average'
}

/**
 * What one event adds to a measure; null where it does not count: of `sum` and `average` count numbers and numeric text
 * alone.
 */
export function amountOf(measure: TrendMeasure, value: unknown): number | null {
  return isOfNumbers(measure) ? valueNumber(value) : 1
}

/** A figure by its measure: 0 where nothing was added, but the average of nothing is null. */
export function measured(figure: Figure, measure: TrendMeasure): number | null {
  return measure === 'average' ? rate(figure.sum, figure.events) : figure[measure]
}

/** The values with the highest totals, at most `limit` of them; of equal ones by their text. */
export function topValues(totals: ReadonlyMap<string, number>, limit: number): string[] {
  return [...totals]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([value]) => value)
}

import { valueNumber } from './conditions.ts'
import { rate } from './numbers.ts'

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

/** The running figure of one period, or of a whole range. Events of one person must come one after another. */
export class TrendFigure {
  #events = 0
  #sum = 0
  #users = 0
  #last = Number.NaN

  add(uid: number, amount: number): void {
    this.#events += 1
    this.#sum += amount
    if (this.#last === uid) return
    this.#users += 1
    this.#last = uid
  }

  /** 0 where nothing was added, but the average of nothing is null. */
  of(measure: TrendMeasure): number | null {
    if (measure === 'events') return this.#events
    if (measure === 'users') return this.#users
    return measure === 'sum' ? this.#sum : rate(this.#sum, this.#events)
  }
}

/** The values with the highest totals, at most `limit` of them; of equal ones by their text. */
export function topValues(totals: ReadonlyMap<string, number>, limit: number): string[] {
  return [...totals]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([value]) => value)
}

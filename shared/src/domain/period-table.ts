/**
 * Periods side by side, to be asked per event which of them holds an instant: their calendar is worked out once, an
 * answer is a search among the bounds.
 */
export class PeriodTable {
  /** How many periods there are. */
  readonly length: number
  readonly #bounds: Float64Array
  /** Questions come in runs about the same period, so the last answer is tried first. */
  #recent = 0

  /** Periods in order, each beginning where the one before it ends; bounds in ms. */
  constructor(periods: readonly { start: number; end: number }[]) {
    this.length = periods.length
    const last = periods.at(-1)
    this.#bounds = Float64Array.from(last ? [...periods.map(({ start }) => start), last.end] : [])
  }

  /** The place of the period that holds an instant (ms); −1 before the first, and the length after the last. */
  placeOf(at: number): number {
    const bounds = this.#bounds
    // @NOTE Past the last bound there is undefined, with which no comparison holds.
    const start = bounds[this.#recent] as number
    const end = bounds[this.#recent + 1] as number
    if (at >= start && at < end) return this.#recent
    let low = 0
    let high = bounds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((bounds[middle] as number) <= at) low = middle + 1
      else high = middle
    }
    if (low === 0) return -1
    if (low < bounds.length) this.#recent = low - 1
    return low - 1
  }
}

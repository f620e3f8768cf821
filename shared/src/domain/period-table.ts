/**
 * Periods side by side, to be asked per event which of them holds an instant: their calendar is worked out once, an
 * answer is a guess by their mean length, which mostly holds, else a search among the bounds.
 */
export class PeriodTable {
  /** How many periods there are. */
  readonly length: number
  readonly #bounds: Float64Array
  readonly #first: number
  /** Periods to a ms, on average. */
  readonly #density: number
  /** Questions come in runs about the same period, so the last answer is tried first. */
  #recent = 0

  /** Periods in order, each beginning where the one before it ends; bounds in ms. */
  constructor(periods: readonly { start: number; end: number }[]) {
    this.length = periods.length
    const [first, last] = [periods[0], periods.at(-1)]
    this.#bounds = Float64Array.from(last ? [...periods.map(({ start }) => start), last.end] : [])
    this.#first = first?.start ?? Number.POSITIVE_INFINITY
    this.#density = first && last ? periods.length / (last.end - first.start) : 0
  }

  /** The place of the period that holds an instant (ms); −1 before the first, and for NaN; the length after the last. */
  placeOf(at: number): number {
    if (this.#holds(this.#recent, at)) return this.#recent
    if (!(at >= this.#first)) return -1
    const guess = Math.floor((at - this.#first) * this.#density)
    const place = this.#holds(guess, at) ? guess : this.#search(at)
    if (place < this.length) this.#recent = place
    return place
  }

  #holds(place: number, at: number): boolean {
    // @NOTE Past the last bound there is undefined, with which no comparison holds.
    return at >= (this.#bounds[place] as number) && at < (this.#bounds[place + 1] as number)
  }

  /** The number of bounds after the first that do not lie after the instant. */
  #search(at: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#bounds[middle + 1] as number) <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}

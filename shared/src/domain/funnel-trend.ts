import type { AttemptVisit, FunnelRules } from './funnel-rules.ts'
import type { PeriodTable } from './period-table.ts'

/**
 * Sorts the attempts of one person after another by the period in which they began. A person counts once in each such
 * period, by the attempt of that period that gets furthest, whatever their attempts of other periods reach.
 */
export class FunnelTrend {
  readonly #rules: FunnelRules
  readonly #periods: PeriodTable
  /** By period: how many steps this person's furthest attempt reached; 0 where they have none. */
  readonly #reached: Uint8Array
  /** By period: whether a window that began in it, of anybody, is open. */
  readonly #open: Uint8Array
  /** The periods in which this person has attempts. */
  readonly #touched: number[] = []

  constructor(rules: FunnelRules, periods: PeriodTable) {
    this.#rules = rules
    this.#periods = periods
    this.#reached = new Uint8Array(periods.length)
    this.#open = new Uint8Array(periods.length)
  }

  readonly take: AttemptVisit = (times, reached) => {
    const start = times[0] ?? 0
    const place = this.#periods.placeOf(start)
    if (place < 0 || place >= this.#reached.length) return
    const before = this.#reached[place] ?? 0
    if (before === 0) this.#touched.push(place)
    if (reached > before) this.#reached[place] = reached
    if (start + this.#rules.windowMs >= this.#rules.now) this.#open[place] = 1
  }

  /** Calls `visit` with the place of each period of this person's attempts and the steps reached, then forgets them. */
  flush(visit: (place: number, reached: number) => void): void {
    for (const place of this.#touched) {
      visit(place, this.#reached[place] ?? 0)
      this.#reached[place] = 0
    }
    this.#touched.length = 0
  }

  /** Whether a window begun in the period has not passed, so that its figures may still change. */
  isOpen(place: number): boolean {
    return this.#open[place] === 1
  }
}

import type { AttemptVisit, FunnelRules } from './funnel-rules.ts'

/**
 * Finds, of the attempts of one person, the one that counts: that gets furthest; of those as far the earliest, by the
 * times of its steps, the first one first; of those too the one whose opening event arrived first. So the order in which
 * attempts are told does not matter. One object serves person after person.
 */
export class Furthest {
  /** How many steps the attempt reached; 0 where there was none. */
  reached = 0
  /** The times (ms) of its steps, of which the first `reached` count. */
  readonly times: Float64Array
  /** The index of the event that opened it. */
  opener = 0
  /** When the latest attempt began, whichever counts. */
  #latestStart = Number.NEGATIVE_INFINITY
  readonly #rules: FunnelRules

  constructor(rules: FunnelRules) {
    this.#rules = rules
    this.times = new Float64Array(rules.stepCount)
  }

  clear(): void {
    this.reached = 0
    this.#latestStart = Number.NEGATIVE_INFINITY
  }

  readonly take: AttemptVisit = (times, reached, opener) => {
    this.#latestStart = Math.max(this.#latestStart, times[0] ?? 0)
    if (!this.#isBetter(times, reached, opener)) return
    this.reached = reached
    this.opener = opener
    for (let step = 0; step < reached; step++) this.times[step] = times[step] ?? 0
  }

  #isBetter(times: ArrayLike<number>, reached: number, opener: number): boolean {
    if (reached !== this.reached) return reached > this.reached
    for (let step = 0; step < reached; step++) {
      const later = (times[step] ?? 0) - (this.times[step] ?? 0)
      if (later !== 0) return later < 0
    }
    return opener < this.opener
  }

  /** The last step was not reached, and the window of any attempt has not passed. */
  get open(): boolean {
    const { stepCount, windowMs, now } = this.#rules
    return this.reached < stepCount && this.#latestStart + windowMs >= now
  }
}

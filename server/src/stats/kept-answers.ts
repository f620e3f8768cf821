const keptMs = 1000

/** Answers kept for a second: whoever asks the same meanwhile gets the same, also while it is still being worked out. */
export class KeptAnswers {
  readonly #answers = new Map<string, { answer: Promise<string>; until: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  get(key: string, work: () => Promise<string>): Promise<string> {
    const now = this.#now()
    for (const [known, { until }] of this.#answers) {
      if (until > now) break
      this.#answers.delete(known)
    }
    const known = this.#answers.get(key)
    if (known) return known.answer
    const answer = work()
    this.#answers.set(key, { answer, until: now + keptMs })
    // A failure is told to those who wait for it, and to nobody after them.
    answer.catch(() => this.#answers.delete(key))
    return answer
  }
}

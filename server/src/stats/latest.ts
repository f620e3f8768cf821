const lifeMs = 1000

/** Keeps answers for a second, and lets those who ask meanwhile wait for the same one. A failure is not kept. */
export class Latest<T> {
  readonly #clock: () => number
  readonly #kept = new Map<string, { at: number; answer: Promise<T> }>()

  constructor(clock: () => number) {
    this.#clock = clock
  }

  get(key: string, compute: () => Promise<T>): Promise<T> {
    const now = this.#clock()
    for (const [old, { at }] of this.#kept) {
      // Entries stand in the order of their age.
      if (now - at < lifeMs) break
      this.#kept.delete(old)
    }
    const kept = this.#kept.get(key)
    if (kept) return kept.answer
    const answer = compute()
    this.#kept.set(key, { at: now, answer })
    answer.catch(() => this.#kept.delete(key))
    return answer
  }
}

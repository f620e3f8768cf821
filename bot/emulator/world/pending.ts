/** Questions put to the bot that it answers by id later (callback queries, pre-checkout queries). */
export class PendingAnswers<Answer> {
  readonly #open = new Map<string, (answer: Answer) => void>()

  /**
   * Opens a question under `id`. Settles with the answer, or with undefined after `timeoutMs`; from then on
   * the id is unknown, as it is to Telegram.
   */
  ask(id: string, timeoutMs: number): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#open.delete(id)
        resolve(undefined)
      }, timeoutMs)
      timer.unref()
      this.#open.set(id, (answer) => {
        clearTimeout(timer)
        this.#open.delete(id)
        resolve(answer)
      })
    })
  }

  /** False when nobody waits for this id: never asked, answered before, or too late. */
  answer(id: string, answer: Answer): boolean {
    const settle = this.#open.get(id)
    settle?.(answer)
    return settle !== undefined
  }
}

/** Work of one chat. Answers the pause in ms after which it is to run again; null when it has ended. */
export type Job = () => Promise<number | null>

/**
 * Runs jobs: those of one chat one after another in the order they came, chats in parallel up to `limit`. A job that
 * pauses holds up its own chat and nobody else.
 */
export class ChatQueues {
  readonly #limit: number
  readonly #chats = new Map<number, Job[]>()
  readonly #ready: number[] = []
  readonly #pauses = new Set<NodeJS.Timeout>()
  #running = 0
  #stopped = false
  #idle: (() => void)[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  add(chatId: number, job: Job): void {
    const waiting = this.#chats.get(chatId)
    if (waiting) {
      waiting.push(job)
      return
    }
    this.#chats.set(chatId, [job])
    this.#ready.push(chatId)
    this.#next()
  }

  /** Starts nothing more and resolves when what runs has ended. What was waiting is forgotten. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const pause of this.#pauses) clearTimeout(pause)
    this.#ready.length = 0
    while (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  /** Resolves when nothing runs, waits or pauses. */
  async drained(): Promise<void> {
    while (this.#chats.size > 0 && !this.#stopped)
      await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  #next(): void {
    while (!this.#stopped && this.#running < this.#limit) {
      const chatId = this.#ready.shift()
      if (chatId === undefined) return
      this.#running += 1
      void this.#runFirst(chatId)
    }
  }

  async #runFirst(chatId: number): Promise<void> {
    const waiting = this.#chats.get(chatId) ?? []
    const pause = (await waiting[0]?.()) ?? null
    this.#running -= 1
    if (pause === null) waiting.shift()
    if (waiting.length === 0) this.#chats.delete(chatId)
    else if (pause === null) this.#ready.push(chatId)
    else this.#resumeAfter(pause, chatId)
    for (const wake of this.#idle.splice(0)) wake()
    this.#next()
  }

  #resumeAfter(pauseMs: number, chatId: number): void {
    if (this.#stopped) return
    const pause = setTimeout(() => {
      this.#pauses.delete(pause)
      this.#ready.push(chatId)
      this.#next()
    }, pauseMs)
    this.#pauses.add(pause)
  }
}

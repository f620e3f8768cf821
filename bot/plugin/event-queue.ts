import type { IngestEvent, IngestUser } from './ingest-event.ts'
import { type Batch, type Posted, postBatch, type Target } from './post-batch.ts'

export interface QueueOptions extends Target {
  batchSize: number
  intervalMs: number
  mostWaiting: number
  /** The first wait after a failure, doubled with each further one up to 64 times as long. */
  retryMs: number
  /** Must not throw. */
  onError: (error: Error) => void
}

const mostDoublings = 6

/**
 * Events on their way to the panel: kept in memory, posted in batches once a second or when a batch is full, one at a
 * time and in their order. What cannot be posted is tried again, ever more slowly; beyond `mostWaiting` the oldest are
 * dropped. Nothing here throws, and no update waits for it.
 */
export class EventQueue {
  readonly #options: QueueOptions
  #events: IngestEvent[] = []
  readonly #users = new Map<number, IngestUser>()
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> | undefined
  #failures = 0
  #batchSize: number

  constructor(options: QueueOptions) {
    this.#options = options
    this.#batchSize = options.batchSize
  }

  /** How many events wait. */
  get waiting(): number {
    return this.#events.length
  }

  addUser(user: IngestUser): void {
    this.#users.set(user.id, user)
    this.#schedule(this.#options.intervalMs)
  }

  add(event: IngestEvent): void {
    this.#events.push(event)
    const surplus = this.#events.length - this.#options.mostWaiting
    if (surplus > 0) {
      this.#events.splice(0, surplus)
      this.#report('too many events wait: the oldest are dropped')
    }
    const full = this.#failures === 0 && this.#events.length >= this.#batchSize
    if (full) void this.flush()
    else this.#schedule(this.#options.intervalMs)
  }

  /** Posts what waits, until nothing does or the server cannot be reached. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined
      // What came when the last batch had just been answered.
      if (this.#failures === 0 && this.#events.length > 0) this.#schedule(this.#options.intervalMs)
    })
    return this.#sending
  }

  /** Posts what waits, trying again until `limitMs` have passed; then what is left is given up. */
  async close(limitMs: number): Promise<void> {
    const end = Date.now() + limitMs
    await this.flush()
    while (this.waiting > 0 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(this.#options.retryMs, end - Date.now())))
      await this.flush()
    }
    clearTimeout(this.#timer)
    if (this.waiting > 0) this.#report(`${this.waiting} events were not sent`)
  }

  #report(message: string): void {
    this.#options.onError(new Error(`track: ${message}`))
  }

  #schedule(ms: number): void {
    if (this.#timer || this.#sending) return
    this.#timer = setTimeout(() => void this.flush(), ms)
    this.#timer.unref()
  }

  async #drain(): Promise<void> {
    while (this.#events.length > 0 || this.#users.size > 0) {
      const batch: Batch = {
        users: [...this.#users.values()].slice(0, this.#batchSize),
        events: this.#events.slice(0, this.#batchSize),
      }
      const posted = await postBatch(this.#options, batch)
      if (posted.outcome === 'later') return this.#wait(posted)
      this.#failures = 0
      const size = Math.max(batch.users.length, batch.events.length)
      if (posted.outcome === 'tooLarge' && size > 1) {
        this.#batchSize = Math.ceil(size / 2)
        continue
      }
      this.#batchSize = this.#options.batchSize
      this.#forget(batch)
      const faults = posted.outcome === 'taken' ? posted.rejected : [posted.reason]
      for (const fault of faults) this.#report(fault)
    }
  }

  /** Events may have been dropped, and people changed, while their batch was on its way. */
  #forget({ users, events }: Batch): void {
    const sent = new Set(events)
    this.#events = this.#events.filter((event) => !sent.has(event))
    for (const user of users) if (this.#users.get(user.id) === user) this.#users.delete(user.id)
  }

  #wait({ reason, waitMs }: Extract<Posted, { outcome: 'later' }>): void {
    const backoff = this.#options.retryMs * 2 ** Math.min(this.#failures, mostDoublings)
    this.#failures += 1
    this.#report(`${this.waiting} events wait: ${reason}`)
    // Bots that lost the same server do not come back all at once.
    const delay = waitMs ?? backoff * (0.5 + Math.random() / 2)
    this.#timer = setTimeout(() => void this.flush(), delay)
    this.#timer.unref()
  }
}

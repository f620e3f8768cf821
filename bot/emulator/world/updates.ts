import type { Update } from 'grammy/types'
import { TelegramError } from '../bot-api/telegram-error.ts'

export type UpdateContent = Omit<Update, 'update_id'>

export interface Webhook {
  url: string
  secret: string | undefined
  maxConnections: number
  lastErrorAt?: number
  lastError?: string
}

export interface PollRequest {
  offset: number
  limit: number
  timeoutMs: number
  /** Aborted when the caller hangs up. */
  signal: AbortSignal
}

interface Poll {
  wake(): void
  refuse(error: TelegramError): void
}

/** Telegram keeps an update that nobody fetches for a day. */
const KEPT_MS = 24 * 3_600_000
const ONLY_WHEN_ASKED = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const OTHER_POLL =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'

/** The bot's queue of updates with Telegram's offset semantics: an update leaves only when a later one is asked for. */
export class UpdateQueue {
  #nextId: number
  #queue: { update: Update; at: number }[] = []
  #poll: Poll | undefined
  #changed: (() => void) | undefined
  readonly #now: () => number
  /** The last `allowed_updates` given; undefined = Telegram's default. */
  allowed: string[] | undefined
  #webhook: Webhook | undefined

  constructor(now: () => number, firstId: number) {
    this.#now = now
    this.#nextId = firstId
  }

  get webhook(): Webhook | undefined {
    return this.#webhook
  }

  /** A long poll waits for updates. */
  get polling(): boolean {
    return this.#poll !== undefined
  }

  get pending(): number {
    return this.#queue.length
  }

  /** Queues an update unless the bot asked not to get its kind; answers its id or undefined. */
  push(content: UpdateContent): number | undefined {
    const kind = Object.keys(content)[0] ?? ''
    if (!this.#wanted(kind)) return undefined
    const update: Update = { update_id: this.#nextId++, ...content }
    const oldest = this.#now() - KEPT_MS
    while (this.#queue[0] && this.#queue[0].at < oldest) this.#queue.shift()
    this.#queue.push({ update, at: this.#now() })
    this.#poll?.wake()
    this.#changed?.()
    return update.update_id
  }

  /** Long polling; a second poll ends the first with 409, as Telegram does. */
  async take(request: PollRequest): Promise<Update[]> {
    this.#poll?.refuse(new TelegramError(409, OTHER_POLL))
    if (request.offset > 0) this.confirmBefore(request.offset)
    if (request.offset < 0) this.#queue = this.#queue.slice(request.offset)
    if (this.#queue.length === 0 && request.timeoutMs > 0) await this.#wait(request)
    return this.#queue.slice(0, request.limit).map((entry) => entry.update)
  }

  first(): Update | undefined {
    return this.#queue[0]?.update
  }

  /** Forgets every update with a smaller id. */
  confirmBefore(id: number): void {
    while (this.#queue[0] && this.#queue[0].update.update_id < id) this.#queue.shift()
  }

  clear(): void {
    this.#queue = []
  }

  /** Switches between webhook and long polling; a poll that waits ends empty. */
  setWebhook(webhook: Webhook | undefined): void {
    this.#webhook = webhook
    this.#poll?.wake()
    this.#changed?.()
  }

  /** Called after each push and change of webhook, for the webhook's delivery loop. */
  onChange(listener: () => void): void {
    this.#changed = listener
  }

  /** Ends a poll that waits, with no updates. */
  release(): void {
    this.#poll?.wake()
  }

  snapshot() {
    return { nextId: this.#nextId, queue: this.#queue, allowed: this.allowed, webhook: this.#webhook }
  }

  restore(saved: ReturnType<UpdateQueue['snapshot']>): void {
    this.#nextId = saved.nextId
    this.#queue = saved.queue
    this.allowed = saved.allowed
    this.#webhook = saved.webhook
  }

  #wanted(kind: string): boolean {
    return this.allowed?.length ? this.allowed.includes(kind) : !ONLY_WHEN_ASKED.has(kind)
  }

  #wait({ timeoutMs, signal }: PollRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', poll.wake)
        if (this.#poll === poll) this.#poll = undefined
      }
      const poll: Poll = {
        wake: () => {
          settle()
          resolve()
        },
        refuse: (error) => {
          settle()
          reject(error)
        },
      }
      const timer = setTimeout(poll.wake, timeoutMs)
      signal.addEventListener('abort', poll.wake)
      this.#poll = poll
    })
  }
}

import { createHash } from 'node:crypto'
import type { Context, MiddlewareFn } from 'grammy'
import type { User } from 'grammy/types'
import { EventQueue } from './event-queue.ts'
import { eventsOf, instantOf, type Order, type Reading, senderOf, type Told } from './events-of-update.ts'

/** What `track` is told. */
export interface TrackOptions {
  /** Address of the panel's server, as `https://panel.example.org`. */
  url: string
  /** An ingest key: `pnpm botdeck ingest-key create <name>`. */
  key: string
  /** What an invoice payload stands for; by default the payload is the package. */
  order?: (payload: string) => Order
  /** Sends what people write as well; by default only that they wrote. */
  texts?: boolean
  /** Event types that are not to be read from updates, because the bot tracks them itself. */
  skip?: readonly string[]
  /** Told of what could not be sent or was rejected; by default it is written to the console. */
  onError?: (error: Error) => void
  /** Events of one request, at most 1,000; 500 by default. */
  batchSize?: number
  /** How long events wait for others, in ms; 1,000 by default. */
  intervalMs?: number
  /** Events that are kept while the server cannot be reached; 10,000 by default, then the oldest are dropped. */
  mostWaiting?: number
  /** The first wait after a failure, in ms; 1,000 by default. */
  retryMs?: number
  /** How long the server may take to answer, in ms; 10,000 by default. */
  timeoutMs?: number
}

/** What the plugin adds to the context. */
export interface TrackFlavor {
  /**
   * Records that the sender of this update did something: a type of the tracking plan, or any other. Of two calls with
   * one type and one `id` in an update, and of an update that comes again, the first counts.
   */
  track(type: string, props?: Record<string, unknown>, more?: { id?: string; activity?: boolean }): void
}

export interface Tracking extends MiddlewareFn<Context & TrackFlavor> {
  /** Events not sent yet. */
  readonly waiting: number
  /** Sends what waits now. */
  flush(): Promise<void>
  /** Sends what waits, for 5 seconds at most; to be called when the bot stops. */
  close(limitMs?: number): Promise<void>
}

const path = '/api/ingest'
const addressOf = (url: string) => `${url.replace(/\/+$/, '').replace(path, '')}${path}`

function queueOf(options: TrackOptions, onError: (error: Error) => void): EventQueue {
  const { url, key, batchSize = 500, intervalMs = 1000, mostWaiting = 10_000 } = options
  const { retryMs = 1000, timeoutMs = 10_000 } = options
  const target = { url: addressOf(url), key, timeoutMs }
  return new EventQueue({
    ...target,
    batchSize: Math.min(1000, Math.max(1, batchSize)),
    intervalMs,
    mostWaiting,
    retryMs,
    onError,
  })
}

/** Tells of people once, and again when their names change. */
class People {
  readonly #told = new Map<number, string>()
  readonly #queue: EventQueue

  constructor(queue: EventQueue) {
    this.#queue = queue
  }

  meet({ id, first_name: firstName, ...user }: User): void {
    const username = user.username ?? null
    const languageCode = user.language_code ?? null
    const names = JSON.stringify([firstName, username, languageCode])
    if (this.#told.get(id) === names) return
    this.#told.set(id, names)
    this.#queue.addUser({ id, firstName, username, languageCode })
  }
}

/** The id of an event: the same whenever its update comes. Ids have at most 200 characters, a type alone as many. */
function idOf(parts: (string | number)[]): string {
  const id = `tg:${parts.join(':')}`
  return id.length <= 200 ? id : `tg:${createHash('sha256').update(id).digest('hex')}`
}

/** Records events of one update; ids derive from it, so that an update that comes again adds nothing. */
function recorderOf(ctx: Context, queue: EventQueue) {
  const sender = senderOf(ctx.update)
  const at = new Date(instantOf(ctx.update, Date.now())).toISOString()
  const counts = new Map<string, number>()
  return ({ type, props }: Told, more: { id?: string; activity?: boolean } = {}) => {
    if (!sender) throw new Error(`${type} has no person: the update comes from nobody`)
    const count = counts.get(type) ?? 0
    counts.set(type, count + 1)
    const { activity } = more
    queue.add({
      id: idOf([ctx.me.id, ctx.update.update_id, type, more.id ?? count]),
      userId: sender.id,
      type,
      at,
      ...(props === undefined ? {} : { props }),
      ...(activity === undefined ? {} : { activity }),
    })
  }
}

/**
 * A grammY plugin that sends what people do to a Botdeck server: `bot.use(track({ url, key }))`, before everything else. It
 * tells by itself of messages, commands, starts, buttons, checkouts, payments, refunds, and of who blocks the bot;
 * `ctx.track` tells of the rest. No update waits for it, and none fails because of it.
 */
export function track(options: TrackOptions): Tracking {
  const { order = (packageId) => ({ packageId }), texts = false, skip = [] } = options
  const told = options.onError ?? ((error) => console.error(error.message))
  const onError = (error: Error) => {
    try {
      told(error)
    } catch {
      // A bot whose log fails goes on all the same.
    }
  }
  const queue = queueOf(options, onError)
  const people = new People(queue)
  const reading: Reading = { texts, order, checkouts: new Map() }
  function guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const middleware: MiddlewareFn<Context & TrackFlavor> = (ctx, next) => {
    const record = recorderOf(ctx, queue)
    ctx.track = (type, props, more) =>
      guarded(() => record(props === undefined ? { type } : { type, props }, more))
    guarded(() => {
      const sender = senderOf(ctx.update)
      if (!sender || sender.is_bot) return
      people.meet(sender)
      for (const event of eventsOf(ctx.update, reading)) if (!skip.includes(event.type)) record(event)
    })
    return next()
  }
  return Object.defineProperty(
    Object.assign(middleware, {
      flush: () => queue.flush(),
      close: (limitMs = 5000) => queue.close(limitMs),
      waiting: 0,
    }),
    'waiting',
    { get: () => queue.waiting },
  )
}

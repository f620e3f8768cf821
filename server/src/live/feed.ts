import type { Logger } from '../logger.ts'

/** Who hears the feed: one open stream. */
export interface Listener {
  /** Whether they may hear it still. */
  admitted(): Promise<boolean>
  /** The present state, as JSON text; only the latest matters. */
  tell(state: string): void
  /** Nothing more will be told. */
  end(): void
}

/** The state of the bot, told to everybody who listens whenever it changes. */
export interface LiveFeed {
  /** Tells a listener the present state and then each change, until what it returns is called. One too many is ended. */
  listen(listener: Listener): () => void
  /** How many listen. */
  readonly listeners: number
  /** Whether as many listen as may. */
  readonly full: boolean
  /** Ends every listener, and then the look that is under way; nobody can listen any more. */
  close(): Promise<void>
}

export interface FeedOptions {
  /** The state now, as JSON text with the instant it holds for as `asOf`. */
  ask: () => Promise<string>
  logger: Logger
  /** Time between two looks, in ms: a change is told so late at most, and so often at most. */
  everyMs?: number
  mostListeners?: number
}

/** The state without the instant that it holds for, which is another one at each look. */
function withoutInstant(state: string): string {
  return state.replace(/"asOf":"[^"]*",?/, '')
}

/**
 * Looks at the state once a second for all listeners together, and not at all while nobody listens. Each look asks whether
 * the listeners are still admitted; a look that takes longer than a second makes the next one wait.
 */
export function createLiveFeed(options: FeedOptions): LiveFeed {
  const { ask, logger, everyMs = 1000, mostListeners = 100 } = options
  const listeners = new Map<Listener, { heard: string | null }>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let closed = false

  function drop(listener: Listener): void {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  async function tellTo(listener: Listener, state: string): Promise<void> {
    const admitted = await listener.admitted()
    const place = listeners.get(listener)
    if (!place) return
    if (!admitted) {
      drop(listener)
      listener.end()
      return
    }
    const news = withoutInstant(state)
    if (place.heard === news) return
    place.heard = news
    listener.tell(state)
  }

  async function tellEverybody(): Promise<void> {
    try {
      const state = await ask()
      await Promise.all([...listeners.keys()].map((listener) => tellTo(listener, state)))
    } catch (error) {
      logger.warn({ err: error }, 'the live feed could not look at the state')
    }
  }

  function look(): void {
    looking ??= tellEverybody().finally(() => {
      looking = undefined
    })
  }

  const isFull = () => closed || listeners.size >= mostListeners

  return {
    listen(listener) {
      if (isFull()) {
        listener.end()
        return () => {}
      }
      listeners.set(listener, { heard: null })
      timer ??= setInterval(look, everyMs)
      look()
      return () => drop(listener)
    },
    get listeners() {
      return listeners.size
    },
    get full() {
      return isFull()
    },
    async close() {
      closed = true
      for (const listener of [...listeners.keys()]) {
        drop(listener)
        listener.end()
      }
      await looking
    },
  }
}

import { type SlowStatement, watchSlowStatements } from '@botdeck/shared/db/slow-statements'
import type { RollupHealth } from '../rollup/index.ts'

/** What can go wrong with a request. */
export type RequestError = 'requests' | 'timeouts'

/** Statements of one text that took long. */
export interface SlowStatements {
  statement: string
  count: number
  longestMs: number
  /** In ms. */
  lastAt: number
}

/** What this process has seen of itself since its start. */
export interface Monitor {
  /** In ms. */
  readonly startedAt: number
  countError(kind: RequestError): void
  /** How often each kind happened in the hour that begins at an instant (ms). */
  errorsIn(hour: number): Record<RequestError, number>
  /** Statements that took a tenth of a second or more in any thread, the latest first. */
  slowStatements(): SlowStatements[]
  /** How the roll-up thread is; null where this process has none. */
  rollup(): RollupHealth | null
  watchRollup(health: () => RollupHealth): void
  close(): void
}

export const hourMs = 3_600_000
const keptHours = 25
const keptStatements = 50

const hourOf = (instant: number) => Math.floor(instant / hourMs) * hourMs

/** Begins to watch; `clock` gives now in ms. */
export function createMonitor(clock: () => number): Monitor {
  const errors = new Map<number, Record<RequestError, number>>()
  const slow = new Map<string, SlowStatements>()
  let rollup: () => RollupHealth | null = () => null

  function hear({ statement, ms }: SlowStatement): void {
    const known = slow.get(statement)
    // Put last again: the entries stand in the order of their last time.
    slow.delete(statement)
    slow.set(statement, {
      statement,
      count: (known?.count ?? 0) + 1,
      longestMs: Math.max(known?.longestMs ?? 0, ms),
      lastAt: clock(),
    })
    const [oldest] = slow.keys()
    if (slow.size > keptStatements && oldest !== undefined) slow.delete(oldest)
  }

  const unwatch = watchSlowStatements(hear)
  return {
    startedAt: clock(),
    countError(kind) {
      const hour = hourOf(clock())
      const counts = errors.get(hour) ?? { requests: 0, timeouts: 0 }
      counts[kind] += 1
      errors.set(hour, counts)
      for (const old of errors.keys()) if (old <= hour - keptHours * hourMs) errors.delete(old)
    },
    errorsIn: (hour) => errors.get(hour) ?? { requests: 0, timeouts: 0 },
    slowStatements: () => [...slow.values()].reverse(),
    rollup: () => rollup(),
    watchRollup(health) {
      rollup = health
    },
    close: unwatch,
  }
}

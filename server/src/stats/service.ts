import { AppError } from '@botdeck/shared/contract/errors'
import type { Db } from '@botdeck/shared/db/db'
import { Piscina } from 'piscina'
import type { Logger } from '../logger.ts'
import { Latest } from './latest.ts'
import { stats } from './registry.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'
import type { ScanResult, ScanTask } from './scan-thread.ts'
import { standingOf } from './standing.ts'
import { withView } from './view.ts'

/** The stats as the HTTP routes ask them. Answers are JSON text, ready to be sent. */
export interface StatsService {
  /**
   * A stat at the roll-up's watermark. Throws `invalid_params` with the field at fault, and `timeout` where a scan takes
   * longer than its limit.
   */
  answer<N extends StatName>(name: N, params: StatParams[N]): Promise<string>
  /** A page of the people behind one figure of a stat (`UserPage`); throws as `answer` does. */
  people<N extends StatName>(name: N, params: PeopleParams[N]): Promise<string>
  health(): StatsHealth
  close(): Promise<void>
}

/** What the health page says of the scanning threads. */
export interface StatsHealth {
  threads: number
  /** Scans that wait for a thread. */
  waiting: number
  /** Scans ended at their limit since the start. */
  timeouts: number
}

export interface StatsOptions {
  db: Db
  /** Address of the same database, which scanning threads open themselves. */
  url: string
  /** Now, in ms. */
  clock: () => number
  logger?: Logger
  threads?: number
  scanLimitMs?: number
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

/**
 * Answers stats: from cells on this thread, else by a scan in a pool of threads, which is ended after 10 s. An answer is
 * kept for a second or until something changes, so that a screen which asks twice does not scan twice.
 */
export function createStats(options: StatsOptions): StatsService {
  const { db, url, clock, logger, threads = 2, scanLimitMs = 10_000 } = options
  const pool = new Piscina<ScanTask, ScanResult>({
    filename: new URL('./scan-thread.ts', import.meta.url).href,
    name: 'scan',
    workerData: { url },
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
  })
  const latest = new Latest<string>(clock)
  let timeouts = 0

  async function scan(task: ScanTask): Promise<string> {
    try {
      const result = await pool.run(task, { signal: AbortSignal.timeout(scanLimitMs) })
      if ('text' in result) return result.text
      const { code, message, field } = result.refused
      throw new AppError(code, message, field === undefined ? {} : { field })
    } catch (error) {
      if (!isAbort(error)) throw error
      timeouts += 1
      logger?.warn({ stat: task.name }, 'a scan was ended at its limit')
      throw new AppError('timeout', 'The question took too long: ask for a shorter range or fewer conditions')
    }
  }

  async function compute<N extends StatName>(name: N, params: StatParams[N]): Promise<string> {
    const now = clock()
    const asked = { now, weekStart: params.weekStart }
    const ready = await withView(db, asked, (view) => stats[name].fromCells(view, params))
    // @NOTE Name and params belong together by this function's own type.
    return ready ? JSON.stringify(ready) : scan({ kind: 'answer', name, params, now } as ScanTask)
  }

  return {
    async answer(name, params) {
      const key = JSON.stringify([name, params, await standingOf(db)])
      return latest.get(key, () => compute(name, params))
    },
    people: (name, params) => scan({ kind: 'people', name, params, now: clock() } as ScanTask),
    health: () => ({ threads: pool.threads.length, waiting: pool.queueSize, timeouts }),
    close: () => pool.destroy(),
  }
}

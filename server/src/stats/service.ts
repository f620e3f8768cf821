import { AppError } from '@botdeck/shared/contract/errors'
import type { Db } from '@botdeck/shared/db/db'
import { Piscina } from 'piscina'
import type { Logger } from '../logger.ts'
import { sourceFlags } from '../threads.ts'
import type { UsersQuery } from '../users/list.ts'
import { Latest } from './latest.ts'
import { stats } from './registry.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'
import type { Errand, ScanResult, ScanTask } from './scan-thread.ts'
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
  /** A page of everybody, searched and sorted (`UserPage`); throws as `answer` does. */
  list(query: UsersQuery): Promise<string>
  /** Starts the threads, which otherwise start with the first scan. */
  warmUp(): void
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

function giveUp(given: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(given), 0, 1)
}

type Question = ScanTask extends infer T ? (T extends unknown ? Omit<T, 'given'> : never) : never

/**
 * Answers stats: from cells on this thread, else by a scan in a pool of threads, which is given up after 10 s. An answer is
 * kept for a second or until something changes, so that a screen which asks twice does not scan twice.
 */
export function createStats(options: StatsOptions): StatsService {
  const { db, url, clock, logger, threads = 2, scanLimitMs = 10_000 } = options
  let started: Piscina<ScanTask | Errand, ScanResult> | undefined
  let awake: Promise<unknown> | undefined
  /** Of the questions that threads are at or wait for: what tells them that nobody wants an answer. */
  const asked = new Set<SharedArrayBuffer>()
  // A thread loads what the server is loading too: started at once, all of them would be ready later.
  const pool = () => {
    started ??= new Piscina<ScanTask | Errand, ScanResult>({
      filename: new URL('./scan-thread.ts', import.meta.url).href,
      name: 'scan',
      workerData: { url },
      execArgv: sourceFlags,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
    })
    return started
  }
  /** Of every thread at once: each takes one, as none is at anything else. */
  const tell = (kind: Errand['kind']) =>
    Promise.all(Array.from({ length: threads }, () => pool().run({ kind })))
  const wake = () => {
    awake ??= tell('wake')
    return awake
  }
  const latest = new Latest<string>(clock)
  let timeouts = 0

  /** What a thread answers, or `timeout` when that takes too long: the thread hears of it and gives up. */
  async function scan(task: Question): Promise<string> {
    // What a thread needs to start is not held against the first question.
    await wake()
    const given = new SharedArrayBuffer(4)
    asked.add(given)
    let limit: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => {
        giveUp(given)
        timeouts += 1
        logger?.warn({ stat: task.name }, 'a scan was given up at its limit')
        reject(
          new AppError('timeout', 'The question took too long: ask for a shorter range or fewer conditions'),
        )
      }, scanLimitMs)
    })
    try {
      const answered = pool().run({ ...task, given })
      answered.catch(() => {}).finally(() => asked.delete(given))
      const result = await Promise.race([answered, late])
      if ('text' in result) return result.text
      const { code, message, field } = result.refused
      throw new AppError(code, message, field === undefined ? {} : { field })
    } finally {
      clearTimeout(limit)
    }
  }

  async function compute<N extends StatName>(name: N, params: StatParams[N]): Promise<string> {
    const now = clock()
    const asked = { now, weekStart: params.weekStart }
    const ready = await withView(db, asked, (view) => stats[name].fromCells(view, params))
    // @NOTE Name and params belong together by this function's own type.
    return ready ? JSON.stringify(ready) : scan({ kind: 'answer', name, params, now } as Question)
  }

  return {
    async answer(name, params) {
      const key = JSON.stringify([name, params, await standingOf(db)])
      return latest.get(key, () => compute(name, params))
    },
    people: (name, params) => scan({ kind: 'people', name, params, now: clock() } as Question),
    list: (query) => scan({ kind: 'list', name: 'users', query, now: clock() }),
    warmUp: () => void wake().catch((error) => logger?.error({ err: error }, 'no scanning thread starts')),
    health: () => ({ threads: started?.threads.length ?? 0, waiting: started?.queueSize ?? 0, timeouts }),
    async close() {
      if (!started) return
      // A thread that is ended inside SQLite's driver takes the process with it: all must be loaded, and at rest.
      for (const given of asked) giveUp(given)
      await tell('rest').catch(() => {})
      await started.close()
    },
  }
}

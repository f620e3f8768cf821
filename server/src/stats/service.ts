import { AppError } from '@botdeck/shared/contract/errors'
import type { Db } from '@botdeck/shared/db/db'
import { Piscina } from 'piscina'
import type { Logger } from '../logger.ts'
import { readRollupState } from '../rollup/store.ts'
import { type Asked, evaluateCells } from './evaluate.ts'
import { KeptAnswers } from './kept-answers.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'
import type { ScanResult } from './scan-thread.ts'

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
  /** Names the same database, for the threads to open. */
  url: string
  clock: () => number
  logger?: Logger | undefined
  /** Scans that run at once. */
  threads?: number | undefined
  /** How long a scan may take, its wait for a thread included. */
  limitMs?: number | undefined
}

function createPool(url: string, threads: number): Piscina {
  return new Piscina({
    filename: new URL('./scan-thread.ts', import.meta.url).href,
    name: 'scan',
    workerData: { url },
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
  })
}

/**
 * Starts answering stats. What cells can answer is answered on this thread; whatever reads rows goes to scanning threads,
 * each with a connection that only reads, and is ended at its limit. Equal questions within a second share an answer, as
 * long as the watermark stays.
 */
export function createStats({
  db,
  url,
  clock,
  logger,
  threads = 2,
  limitMs = 10_000,
}: StatsOptions): StatsService {
  const pool = createPool(url, threads)
  const kept = new KeptAnswers(clock)
  let timeouts = 0

  async function scan(asked: Asked): Promise<string> {
    const signal = AbortSignal.timeout(limitMs)
    const task = { asked, now: clock() }
    // @NOTE What `scan-thread.ts` answers.
    const run = pool.run(task, { name: 'scan', signal }) as Promise<ScanResult>
    const result = await run.catch((cause: unknown) => {
      if (!signal.aborted) throw cause
      timeouts += 1
      logger?.warn({ stat: asked.name, kind: asked.kind }, 'a scan was ended at its limit')
      throw new AppError('timeout', 'The question took too long; ask for a shorter range', { cause })
    })
    if ('json' in result) return result.json
    const { code, message, field } = result
    throw new AppError(code, message, field === undefined ? {} : { field })
  }

  async function keyOf(asked: Asked): Promise<string> {
    const state = await readRollupState(db)
    return JSON.stringify([asked.kind, asked.name, asked.params, state?.watermark, state?.zone])
  }

  return {
    async answer(name, params) {
      // @NOTE Name and parameters are of one stat; TypeScript cannot follow that through a union.
      const asked = { kind: 'answer', name, params } as Asked
      return kept.get(
        await keyOf(asked),
        async () => (await evaluateCells(db, { name, params }, clock())) ?? scan(asked),
      )
    },
    async people(name, params) {
      const asked = { kind: 'people', name, params } as Asked
      return kept.get(await keyOf(asked), () => scan(asked))
    },
    health: () => ({ threads: pool.threads.length, waiting: pool.queueSize, timeouts }),
    async close() {
      await pool.close({ force: true })
    },
  }
}

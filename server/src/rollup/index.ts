import { Worker } from 'node:worker_threads'
import type { Logger } from '../logger.ts'
import { sourceFlags } from '../threads.ts'
import type { ThreadReport } from './thread.ts'

/** What the health page says of the roll-up. */
export interface RollupHealth {
  state: 'starting' | 'rebuilding' | 'following' | 'waiting'
  /** Time since the cells last held every event, in ms; of a process that does not lead, since its last question. */
  lagMs: number
  /** Last event in the cells; null until the thread has said so. */
  watermark: number | null
  /** The latest failure and when it happened (ms), if any since the start. */
  failure: { at: number; message: string } | null
}

export interface Rollup {
  /** Ends the thread after the flush that it is at. */
  stop(): Promise<void>
  health(): RollupHealth
}

const states = { caughtUp: 'following', waiting: 'waiting', rebuilding: 'rebuilding' } as const
const restartMs = 1000

/**
 * Starts the thread that keeps the cells equal to the events, on the database that `url` names, whose tables must be
 * migrated. A thread that dies is started again.
 */
export function startRollup({ url, logger }: { url: string; logger: Logger }): Rollup {
  const health: Omit<RollupHealth, 'lagMs'> & { at: number } = {
    state: 'starting',
    at: Date.now(),
    watermark: null,
    failure: null,
  }
  let stopping = false
  let restart: NodeJS.Timeout | undefined

  function hear(report: ThreadReport): void {
    if (report.kind === 'failed') {
      health.failure = { at: Date.now(), message: report.message }
      logger.error({ reason: report.message }, 'the roll-up failed and starts over')
      return
    }
    health.state = states[report.kind]
    // A rebuild catches up on nothing until it is done.
    if (report.kind !== 'rebuilding') health.at = report.at
    if (report.kind === 'caughtUp') health.watermark = report.watermark
  }

  function launch(): Worker {
    const thread = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { url },
      execArgv: sourceFlags,
    })
    thread.on('message', hear)
    thread.on('error', (error) => hear({ kind: 'failed', message: error.stack ?? error.message }))
    thread.on('exit', () => {
      if (!stopping)
        restart = setTimeout(() => {
          worker = launch()
        }, restartMs)
    })
    return thread
  }

  let worker = launch()
  return {
    async stop() {
      stopping = true
      clearTimeout(restart)
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      if (worker.threadId === -1) return
      worker.postMessage('stop')
      await ended
    },
    health() {
      const { at, ...rest } = health
      return { ...rest, lagMs: Math.max(0, Date.now() - at) }
    },
  }
}

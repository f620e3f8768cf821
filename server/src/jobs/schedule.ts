import { recordJob } from '@botdeck/shared/actions/job-runs'
import type { Db } from '@botdeck/shared/db/db'
import { Cron } from 'croner'
import type { Logger } from '../logger.ts'
import { jobs } from './list.ts'

interface Running {
  db: Db
  clock: () => number
  logger: Logger
}

/**
 * Runs the jobs at their times and records each run. One that is still running is not begun again; a failure is
 * recorded and logged, and the next time it is tried anew.
 * @returns what ends the schedule; a run under way is awaited
 */
export function scheduleJobs({ db, clock, logger }: Running): { stop(): Promise<void> } {
  const underWay = new Set<Promise<void>>()
  const timers = jobs.map(
    (job) =>
      new Cron(job.every, { timezone: 'UTC', protect: true, unref: true }, async () => {
        const run = recordJob(db, job.name, () => job.run(db, clock()), clock).catch((error: unknown) =>
          logger.error({ err: error, job: job.name }, 'a job failed'),
        )
        underWay.add(run)
        await run
        underWay.delete(run)
      }),
  )
  return {
    async stop() {
      for (const timer of timers) timer.stop()
      await Promise.all(underWay)
    },
  }
}

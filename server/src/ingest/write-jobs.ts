import type { Db } from '@botdeck/shared/db/db'
import type { IngestJob } from './job.ts'

/** Elements of one transaction: others wait for the write lock no longer than these take. */
const slice = 500

/** Called with each job that is wholly on disk, or with what kept it from there. */
export type OnWritten = (job: IngestJob, failure?: unknown) => void

async function writeTogether(db: Db, jobs: readonly IngestJob[]): Promise<void> {
  const committed = await db.transaction(async (tx) => {
    const done: (() => void)[] = []
    let room = slice
    for (const job of jobs) {
      const most = Math.min(job.left, room)
      done.push(await job.write(tx, most))
      room -= most
    }
    return done
  })
  for (const count of committed) count()
}

/** The jobs at the head of the queue that fill one transaction. */
function group(jobs: readonly IngestJob[]): IngestJob[] {
  let room = slice
  return jobs.filter((job) => {
    const fits = room > 0
    room -= job.left
    return fits
  })
}

/**
 * Writes jobs in their order, as many to a transaction as fit one slice. Where a transaction fails, its jobs are
 * written one by one, so that only the one at fault fails.
 */
export async function writeJobs(db: Db, jobs: readonly IngestJob[], onWritten: OnWritten): Promise<void> {
  let open = [...jobs]
  const end = (job: IngestJob, failure?: unknown) => {
    open = open.filter((other) => other !== job)
    onWritten(job, failure)
  }
  while (open.length > 0) {
    const together = group(open)
    try {
      await writeTogether(db, together)
    } catch {
      await writeAlone(db, together, end)
    }
    for (const job of together) if (open.includes(job) && job.left === 0) end(job)
  }
}

async function writeAlone(
  db: Db,
  jobs: readonly IngestJob[],
  end: (job: IngestJob, failure: unknown) => void,
): Promise<void> {
  for (const job of jobs) {
    try {
      await writeTogether(db, [job])
    } catch (failure) {
      end(job, failure)
    }
  }
}

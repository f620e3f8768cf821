import { parentPort, workerData } from 'node:worker_threads'
import { openDb } from '@botdeck/shared/db/open'
import { follow, type RollupReport } from './follow.ts'

/** What crosses the threads: an error as its text, as errors lose their class on the way. */
export type ThreadReport = Exclude<RollupReport, { kind: 'failed' }> | { kind: 'failed'; message: string }

const port = parentPort
if (!port) throw new Error('the roll-up runs in a worker thread')
// @NOTE `startRollup` alone starts this thread, with this data.
const { url } = workerData as { url: string }
// Whatever is lost at a power cut is derived again: the watermark is lost with it.
const db = openDb(url, { sync: 'later' })
const ending = new AbortController()
port.once('message', () => ending.abort())

function tell(report: RollupReport): void {
  const { kind } = report
  const told: ThreadReport =
    kind === 'failed'
      ? {
          kind,
          message:
            report.error instanceof Error
              ? (report.error.stack ?? report.error.message)
              : String(report.error),
        }
      : report
  port?.postMessage(told)
}

await follow({
  db,
  openReader: () => openDb(url, { readonly: true }),
  now: Date.now,
  signal: ending.signal,
  report: tell,
})
await db.checkpoint()
await db.close()
port.close()

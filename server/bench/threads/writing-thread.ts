import { parentPort, workerData } from 'node:worker_threads'
import { track } from '@botdeck/shared/actions/track'
import { openDb } from '@botdeck/shared/db/open'
import { bareWriter } from '../traffic/bare.ts'
import { type Incoming, take, traffic } from '../traffic/traffic.ts'
import { exactNow, type Stretch, type WritingTask, type Written } from '../traffic/writing.ts'

/*
 * Writes as fast as it can when it is told to, in a thread of its own as ingest does.
 */

// @NOTE `startWriting` alone starts this thread, with this data.
const { path, manner, people } = workerData as WritingTask
const events = traffic(people, manner === 'track' ? 1 : 2)

interface Writer {
  /** Makes ready what is to be written. @returns the writing itself, a batch at a time, which answers the last number */
  ready(batches: Incoming[][]): (() => Promise<number>)[]
  close(): Promise<void>
}

function tracking(): Writer {
  const db = openDb(path)
  return {
    ready: (batches) =>
      batches.map((batch) => async () => {
        const ids = await db.transaction((tx) => track(tx, batch))
        return ids.at(-1) ?? 0
      }),
    close: () => db.close(),
  }
}

function bare(): Writer {
  const { prepare, write, close } = bareWriter(path)
  return {
    ready: (batches) => batches.map(prepare).map((rows) => async () => write(rows)),
    close: async () => close(),
  }
}

const writer = manner === 'track' ? tracking() : bare()

async function run({ batch, events: count }: Stretch): Promise<Written> {
  const batches = Array.from({ length: Math.ceil(count / batch) }, () => take(events, batch))
  const writings = writer.ready(batches)
  const startedAt = exactNow()
  let lastId = 0
  for (const write of writings) {
    lastId = await write()
    // Answers to senders go out between transactions.
    await new Promise(setImmediate)
  }
  return { startedAt, endedAt: exactNow(), lastId }
}

parentPort?.on('message', async (message: Stretch | 'close') => {
  if (message !== 'close') return parentPort?.postMessage(await run(message))
  await writer.close()
  parentPort?.close()
})

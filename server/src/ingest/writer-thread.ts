import { parentPort, workerData } from 'node:worker_threads'
import { readSettings } from '@botdeck/shared/actions/settings'
import { AppError } from '@botdeck/shared/contract/errors'
import { openDb } from '@botdeck/shared/db/open'
import { readBatch } from './batch.ts'
import { IngestJob } from './job.ts'
import { validateBatch } from './validate.ts'
import { writeJobs } from './write-jobs.ts'
import type { IngestReply, IngestRequest } from './writer.ts'

/*
 * The thread that writes what senders post. While one transaction is under way, requests wait here and then share the
 * next one. It reads the bodies too, so that the thread which serves people parses none of them.
 */

const port = parentPort
if (!port) throw new Error('this file is a thread of the server')
// @NOTE Given by `startIngestWriter` alone.
const { url } = workerData as { url: string }
const db = openDb(url)
let waiting: IngestRequest[] = []
let writing = false
let closing = false

const reply = (message: IngestReply) => port.postMessage(message)

function refuse(id: number, error: unknown): void {
  if (error instanceof AppError) {
    const { code, message, field } = error
    reply({ id, refused: { code, message, field } })
  } else reply({ id, failed: String(error) })
}

function jobOf({ id, text, receivedAt: now }: IngestRequest, zone: string): IngestJob | undefined {
  try {
    return new IngestJob(validateBatch(readBatch(text), { now, zone }), now)
  } catch (error) {
    refuse(id, error)
    return undefined
  }
}

async function writeWaiting(): Promise<void> {
  const requests = waiting
  waiting = []
  const { timezone } = await readSettings(db)
  const ids = new Map<IngestJob, number>()
  for (const request of requests) {
    const job = jobOf(request, timezone)
    if (job) ids.set(job, request.id)
  }
  await writeJobs(db, [...ids.keys()], (job, failure) => {
    const id = ids.get(job) ?? 0
    if (failure === undefined) reply({ id, answer: job.answer })
    else refuse(id, failure)
  })
}

/** How often the length of the log is looked at; more rarely after each time that readers were in the way. */
const [trimMs, longestTrimMs] = [2000, 60_000]
let trimIn = trimMs
let trimmedAt = performance.now()

/** Keeps the log short while batches come without a pause. */
async function trimLog(): Promise<void> {
  if (performance.now() - trimmedAt < trimIn) return
  trimIn = (await db.trimLog()) ? trimMs : Math.min(longestTrimMs, trimIn * 2)
  trimmedAt = performance.now()
}

async function drain(): Promise<void> {
  if (writing) return
  writing = true
  try {
    while (waiting.length > 0) {
      await writeWaiting()
      await trimLog()
    }
  } finally {
    writing = false
  }
  if (closing) {
    await db.close()
    port?.close()
  }
}

port.on('message', (message: IngestRequest | 'close') => {
  if (message === 'close') closing = true
  else waiting.push(message)
  // Requests that came together are taken together.
  setImmediate(drain)
})

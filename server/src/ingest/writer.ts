import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@botdeck/shared/contract/errors'
import type { IngestAnswer } from '@botdeck/shared/contract/ingest'
import type { Logger } from '../logger.ts'

/** A request on its way to the writing thread. */
export interface IngestRequest {
  id: number
  /** The body as it came. */
  text: string
  /** When it came, in ms. */
  receivedAt: number
}

/** What the writing thread says of a request. */
export type IngestReply =
  | { id: number; answer: IngestAnswer }
  | { id: number; refused: { code: ErrorCode; message: string; field?: string | undefined } }
  | { id: number; failed: string }

export interface IngestWriter {
  /**
   * Stores a batch. What the answer counts as accepted is on disk. Throws `malformed`, `payload_too_large` and
   * `invalid_params` for a body that is no batch.
   */
  post(text: string, receivedAt: number): Promise<IngestAnswer>
  /** Ends the thread when all that was posted is answered. */
  close(): Promise<void>
}

interface Waiting {
  resolve: (answer: IngestAnswer) => void
  reject: (error: Error) => void
}

function settle({ resolve, reject }: Waiting, reply: IngestReply): void {
  if ('answer' in reply) resolve(reply.answer)
  else if ('failed' in reply) reject(new Error(`the batch was not stored: ${reply.failed}`))
  else {
    const { code, message, field } = reply.refused
    reject(new AppError(code, message, field === undefined ? {} : { field }))
  }
}

/** Starts the thread that writes what senders post, with a write connection of its own. */
export function startIngestWriter({ url, logger }: { url: string; logger: Logger }): IngestWriter {
  const thread = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: { url } })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let ended: Error | undefined

  thread.on('message', (reply: IngestReply) => {
    const request = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (request) settle(request, reply)
  })
  thread.on('error', (error) => {
    ended = error
    logger.fatal({ err: error }, 'the thread that writes events died')
  })
  const exited = new Promise<void>((resolve) => {
    thread.on('exit', () => {
      ended ??= new Error('the thread that writes events has ended')
      for (const { reject } of waiting.values()) reject(ended)
      waiting.clear()
      resolve()
    })
  })

  return {
    post(text, receivedAt) {
      if (ended) return Promise.reject(ended)
      lastId += 1
      const request: IngestRequest = { id: lastId, text, receivedAt }
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject })
        thread.postMessage(request)
      })
    },
    async close() {
      if (!ended) thread.postMessage('close')
      await exited
    },
  }
}

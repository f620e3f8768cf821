import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@botdeck/shared/contract/errors'
import type { IngestAnswer } from '@botdeck/shared/contract/ingest'
import type { Logger } from '../logger.ts'
import { sourceFlags } from '../threads.ts'

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

/**
 * The thread that writes what senders post, with a write connection of its own, from the first batch on. Where it dies, what it had not answered
 * fails, and the next batch starts it again: a repeated batch adds nothing twice.
 */
export function startIngestWriter({ url, logger }: { url: string; logger: Logger }): IngestWriter {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let closing = false
  let thread: Worker | undefined

  function launch(): Worker {
    const started = new Worker(new URL('./writer-thread.ts', import.meta.url), {
      workerData: { url },
      execArgv: sourceFlags,
    })
    started.on('message', (reply: IngestReply) => {
      const request = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (request) settle(request, reply)
    })
    started.on('error', (error) => logger.error({ err: error }, 'the thread that writes events died'))
    started.on('exit', () => {
      thread = undefined
      for (const { reject } of waiting.values()) reject(new Error('the thread that writes events ended'))
      waiting.clear()
    })
    return started
  }

  return {
    post(text, receivedAt) {
      if (closing) return Promise.reject(new Error('the server stops'))
      thread ??= launch()
      lastId += 1
      const request: IngestRequest = { id: lastId, text, receivedAt }
      const answer = new Promise<IngestAnswer>((resolve, reject) => {
        waiting.set(request.id, { resolve, reject })
      })
      thread.postMessage(request)
      return answer
    },
    async close() {
      closing = true
      if (!thread) return
      const exited = new Promise((resolve) => thread?.once('exit', resolve))
      thread.postMessage('close')
      await exited
    },
  }
}

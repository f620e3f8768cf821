import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Stretch, WritingTask, Written } from './writing.ts'

/** A thread that writes events when it is told to. */
export interface Writing {
  run(stretch: Stretch): Promise<Written>
  close(): Promise<void>
}

/** Starts a writing thread. */
export function startWriting(task: WritingTask): Writing {
  const thread = new Worker(new URL('../threads/writing-thread.ts', import.meta.url), { workerData: task })
  return {
    async run(stretch) {
      thread.postMessage(stretch)
      // @NOTE The thread answers nothing else.
      const [written] = (await once(thread, 'message')) as [Written]
      return written
    },
    async close() {
      thread.postMessage('close')
      await once(thread, 'exit')
    },
  }
}

import { findEffect } from '@botdeck/shared/actions/catalogue'
import { type Generation, openGenerations } from '@botdeck/shared/actions/generations'
import { type GenerationDeps, generate } from './generate.ts'

export interface GenerationWorker {
  /** Looks for work now; called when a picture was ordered and once at start. */
  wake(): void
  /** Resolves when no picture is being made and none waits. */
  drained(): Promise<void>
  /** Begins nothing more and resolves when what runs has ended. */
  stop(): Promise<void>
}

/** Pictures made at the same time. */
const inParallel = 2
/** After this long, work that failed for want of Telegram or the database is looked at again. */
const againMs = 5000

/** Makes the pictures that are ordered, oldest first. The table is the queue, so a start resumes what was left. */
export function createGenerationWorker(deps: Omit<GenerationDeps, 'signal'>): GenerationWorker {
  const stopping = new AbortController()
  const running = new Map<number, Promise<void>>()
  let again: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  async function run(generation: Generation): Promise<void> {
    try {
      const { titles, prompt } = await findEffect(deps.db, generation.effectId)
      await generate({ ...deps, signal: stopping.signal }, { ...generation, titles, prompt })
    } catch (error) {
      if (!stopping.signal.aborted) lookAgain(error)
    } finally {
      running.delete(generation.id)
      if (!again) wake()
    }
  }

  function lookAgain(error: unknown): void {
    deps.log.error({ err: error, againInMs: againMs }, 'pictures have to wait')
    again ??= setTimeout(() => {
      again = undefined
      wake()
    }, againMs)
  }

  async function look(): Promise<void> {
    if (stopping.signal.aborted || running.size >= inParallel) return
    const open = (await openGenerations(deps.db)).filter((generation) => !running.has(generation.id))
    for (const generation of open.slice(0, inParallel - running.size))
      running.set(generation.id, run(generation))
  }

  // One look after another: two at once would take the same row.
  function wake(): void {
    looking = looking.then(look).catch(lookAgain)
  }

  async function drained(): Promise<void> {
    do {
      await looking
      await Promise.all(running.values())
      await looking
    } while (running.size > 0)
  }

  return {
    wake,
    drained,
    async stop() {
      stopping.abort()
      clearTimeout(again)
      await drained()
    },
  }
}

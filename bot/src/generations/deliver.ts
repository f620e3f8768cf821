import { setTimeout as wait } from 'node:timers/promises'
import { isTemporary } from '../failures.ts'

/** Pauses in ms between tries while Telegram is away: five minutes in all. */
const pausesMs = [300, 1000, 3000, 10_000, 30_000, 60_000, 60_000, 120_000]

/**
 * Sends again while Telegram cannot be reached. Where only its answer was lost the message comes twice, which is
 * better than not at all. Throws the last error, and at once where Telegram refuses.
 */
export async function deliver<T>({ signal }: { signal: AbortSignal }, send: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await send()
    } catch (error) {
      if (signal.aborted || !isTemporary(error)) throw error
    }
    await wait(pause, undefined, { signal })
  }
  return send()
}

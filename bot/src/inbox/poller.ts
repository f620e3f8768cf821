import { setTimeout as wait } from 'node:timers/promises'
import { type Api, GrammyError, type RawApi } from 'grammy'
import type { Logger } from '../logger.ts'
import type { Inbox } from './inbox.ts'
import { allowedUpdates } from './kinds.ts'

export interface PollerOptions {
  api: Api<RawApi>
  inbox: Inbox
  log: Logger
  signal: AbortSignal
  /** Seconds that Telegram holds an empty answer back. */
  timeoutS?: number
}

/** Telegram no longer knows the token: nothing that waiting would mend. */
export class TokenRefused extends Error {}

const firstPauseMs = 500
const longestPauseMs = 30_000

/**
 * Fetches updates until `signal` aborts. The next ones are asked for, and with that the last ones confirmed, only when
 * those are stored; what went wrong on the way is therefore fetched again. Throws `TokenRefused`.
 */
export async function poll(options: PollerOptions): Promise<void> {
  const { api, inbox, log, signal, timeoutS = 30 } = options
  let offset = 0
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      const asked = { offset, limit: 100, timeout: timeoutS, allowed_updates: allowedUpdates }
      // @NOTE grammY types the signals of its own shim; the platform's is one.
      const updates = await api.getUpdates(asked, signal as Parameters<typeof api.getUpdates>[1])
      if (updates.length > 0) await inbox.receive(updates)
      offset = updates.reduce((next, update) => Math.max(next, update.update_id + 1), offset)
      pauseMs = firstPauseMs
    } catch (error) {
      if (signal.aborted) return
      if (isRefusal(error)) throw new TokenRefused('Telegram refuses BOT_TOKEN', { cause: error })
      log.warn({ err: error, againInMs: pauseMs }, explain(error))
      await wait(pauseMs, undefined, { signal }).catch(() => {})
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }
}

/** Whether Telegram says that there is no such bot. */
export function isRefusal(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)
}

function explain(error: unknown): string {
  if (error instanceof GrammyError && error.error_code === 409)
    return 'another process fetches the updates of this bot: stop it, or remove its webhook'
  return 'updates could not be fetched'
}

import { setTimeout as wait } from 'node:timers/promises'
import type { UserFromGetMe } from 'grammy/types'
import { createBot } from './bot.ts'
import type { BotDeps } from './context.ts'
import { createAdminMenus } from './features/admin-menu.ts'
import { createGenerationWorker } from './generations/worker.ts'
import type { ImageGenerator } from './images/image-generator.ts'
import { retryPausesMs } from './inbox/handle-update.ts'
import { createInbox } from './inbox/inbox.ts'

export interface RuntimeOptions extends Omit<BotDeps, 'onGenerationRequested'> {
  botInfo: UserFromGetMe
  generator: ImageGenerator
  retryPausesMs?: readonly number[]
}

/** Bot, inbox and picture worker, wired together and not yet fetching anything. */
export function createRuntime(options: RuntimeOptions) {
  const { db, log, now, token, apiRoot, publicUrl, botInfo, generator } = options
  const deps: BotDeps = { ...options, onGenerationRequested: () => worker.wake() }
  const { bot, runs } = createBot(deps, botInfo)
  const worker = createGenerationWorker({ api: bot.api, apiRoot, token, db, log, now, generator })
  const inbox = createInbox({
    bot,
    db,
    log,
    now,
    runs,
    retryPausesMs: options.retryPausesMs ?? retryPausesMs,
  })
  const menus = publicUrl === undefined ? null : createAdminMenus({ api: bot.api, db, log, publicUrl })
  return {
    bot,
    inbox,
    worker,
    menus,
    /** Takes up what an earlier process left open. */
    async resume(): Promise<void> {
      const open = await inbox.resume()
      if (open > 0) log.info({ updates: open }, 'updates of the last run are taken up')
      worker.wake()
    },
    /** Ends what runs, within `graceMs`; what is left is in the tables for the next start. */
    async stop(graceMs: number): Promise<void> {
      await Promise.race([
        Promise.all([inbox.stop(), worker.stop()]),
        wait(graceMs, undefined, { ref: false }),
      ])
    },
  }
}

export type Runtime = ReturnType<typeof createRuntime>

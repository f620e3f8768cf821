import { failUpdate, type InboxRow } from '@botdeck/shared/actions/inbox'
import { findPerson, setBlocked } from '@botdeck/shared/actions/people'
import type { Db } from '@botdeck/shared/db/db'
import { type Bot, BotError } from 'grammy'
import type { Update } from 'grammy/types'
import type { BotContext } from '../context.ts'
import { isTemporary, isUnreachable, reasonOf } from '../failures.ts'
import type { Logger } from '../logger.ts'
import { html, plain } from '../texts.ts'
import { kindOf, senderOf } from './kinds.ts'
import { UpdateRun } from './update-run.ts'

export interface UpdateHandler {
  bot: Bot<BotContext>
  db: Db
  log: Logger
  now: () => number
  /** Runs by update id, from which the first middleware takes its own. */
  runs: Map<number, UpdateRun>
  /** Pauses in ms before an update runs again while Telegram or the database is away. */
  retryPausesMs: readonly number[]
}

/** Two and a half minutes in all; after them the person is told, and the chat goes on. */
export const retryPausesMs = [300, 1000, 2000, 5000, 10_000, 30_000, 60_000, 60_000]

/** Telegram waits ten seconds for the answer to a pre-checkout. */
const urgentPausesMs = [200, 500, 1000, 2000]

/**
 * One update's whole way: features, answers, `done`. Never throws: a failure is counted and the person gets an apology.
 * @returns a job that answers the pause after which it must run again, or null when it has ended
 */
export function updateJob(handler: UpdateHandler, row: Pick<InboxRow, 'updateId' | 'receivedAt' | 'update'>) {
  // @NOTE The inbox holds what Telegram sent.
  const update = row.update as Update
  const allowed = kindOf(update) === 'urgent' ? urgentPausesMs : handler.retryPausesMs
  const pauses = allowed.slice(0, handler.retryPausesMs.length)
  const { db } = handler
  let run = new UpdateRun(db, row, update)
  return async (): Promise<number | null> => {
    if (!run.answered) run = new UpdateRun(db, row, update)
    try {
      if (!run.answered) await answer(handler, run)
      run.answered = true
      await run.finish(handler.now())
      return null
    } catch (thrown) {
      return await failed(handler, { run, pauses, error: thrown instanceof BotError ? thrown.error : thrown })
    } finally {
      for (const follow of run.afterwards.splice(0)) follow()
    }
  }
}

async function answer({ bot, runs }: UpdateHandler, run: UpdateRun): Promise<void> {
  const id = run.update.update_id
  runs.set(id, run)
  try {
    await bot.handleUpdate(run.update)
  } finally {
    runs.delete(id)
  }
}

interface Failure {
  run: UpdateRun
  error: unknown
  /** Pauses still to be tried. */
  pauses: number[]
}

async function failed(handler: UpdateHandler, { run, error, pauses }: Failure): Promise<number | null> {
  const { log, db, now } = handler
  const updateId = run.update.update_id
  const pause = isTemporary(error) ? pauses.shift() : undefined
  log.error({ err: error, updateId, againInMs: pause }, 'an update failed')
  try {
    await db.transaction((tx) => failUpdate(tx, updateId, reasonOf(error)))
    if (pause !== undefined) return pause
    if (isUnreachable(error)) await markBlocked(handler, run)
    else if (!run.answered) await apologise(handler, run)
    await run.finish(now())
  } catch (again) {
    if (pause !== undefined) return pause
    // It stays open in the inbox, and the next start of the bot takes it up.
    log.error({ err: again, updateId }, 'an update is left for the next start')
  }
  return null
}

async function markBlocked({ db, now }: UpdateHandler, run: UpdateRun): Promise<void> {
  const from = senderOf(run.update)
  await db.transaction(async (tx) => {
    const person = from && (await findPerson(tx, from.id))
    if (person && person.blockedAt === null) await setBlocked(tx, person, { blocked: true, at: now() })
  })
}

/** Tells the person that it did not work. What Telegram does not take of that is logged and not tried again. */
async function apologise({ bot, log }: UpdateHandler, run: UpdateRun): Promise<void> {
  const { update, locale, sent } = run
  const checkout = update.pre_checkout_query
  try {
    if (checkout) {
      await bot.api.answerPreCheckoutQuery(checkout.id, false, {
        error_message: plain(locale, 'error-internal'),
      })
      return
    }
    const callback = update.callback_query
    if (callback) await bot.api.answerCallbackQuery(callback.id).catch(() => false)
    const chatId = senderOf(update)?.id
    if (chatId === undefined) return
    const message = await bot.api.sendMessage(chatId, html(locale, 'error-internal'))
    sent.push({ text: message.text })
  } catch (error) {
    log.error({ err: error, updateId: update.update_id }, 'an apology was not taken')
  }
}

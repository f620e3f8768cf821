import { Bot, type Context, type Transformer } from 'grammy'
import type { Message, UserFromGetMe } from 'grammy/types'
import { BotContext, type BotDeps } from './context.ts'
import { admin } from './features/admin.ts'
import { balance } from './features/balance.ts'
import { catalogue } from './features/catalogue.ts'
import { documents } from './features/documents.ts'
import { invite } from './features/invite.ts'
import { language } from './features/language.ts'
import { payments } from './features/payments.ts'
import { photo } from './features/photo.ts'
import { refusals } from './features/refusals.ts'
import { start } from './features/start.ts'
import { store } from './features/store.ts'
import { unhandled } from './features/unhandled.ts'
import type { UpdateRun } from './inbox/update-run.ts'
import { configureApi } from './telegram-api.ts'

/** The bot, its runs by update id, and nothing running yet. */
export function createBot(deps: BotDeps, botInfo: UserFromGetMe) {
  const runs = new Map<number, UpdateRun>()
  const bot = new Bot<BotContext>(deps.token, {
    client: { apiRoot: deps.apiRoot, timeoutSeconds: 60 },
    botInfo,
    ContextConstructor: BotContext,
  })
  configureApi(bot.api)
  bot.use(enterRun(runs), refusals())
  bot.use(payments(), start(), catalogue(deps), photo(deps), store(), balance(), invite(), language())
  bot.use(documents(), admin(deps))
  bot.use(unhandled())
  return { bot, runs }
}

/** Gives the context its run, which then hears of every message that the person gets. */
function enterRun(runs: Map<number, UpdateRun>) {
  return (ctx: BotContext, next: () => Promise<void>) => {
    const run = runs.get(ctx.update.update_id)
    if (!run) throw new Error(`update ${ctx.update.update_id} is not in the inbox`)
    ctx.run = run
    ctx.api.config.use(listen(run))
    return next()
  }
}

const messages = new Set(['sendMessage', 'sendPhoto', 'sendInvoice'])

function listen(run: UpdateRun): Transformer<Context['api']['raw']> {
  return async (previous, method, payload, signal) => {
    const answer = await previous(method, payload, signal)
    if (answer.ok && messages.has(method)) {
      // @NOTE These three methods answer the message they sent.
      const { text, caption, invoice, photo } = answer.result as Message
      run.sent.push({ text: text ?? caption ?? invoice?.title, fileId: photo?.at(-1)?.file_id })
    }
    return answer
  }
}

import { type Composer, type Filter, GrammyError, type InlineKeyboard } from 'grammy'
import { type CallbackName, parseCallback } from './callback-data.ts'
import type { BotContext } from './context.ts'
import { commandOf } from './inbox/recorded.ts'

/** Handles a command; `rest` is what follows it. */
export function onCommand(
  composer: Composer<BotContext>,
  name: string,
  handler: (ctx: BotContext, rest: string) => Promise<void>,
): void {
  composer
    .filter((ctx) => commandOf(ctx.message) === name)
    .use((ctx) => handler(ctx, ctx.message?.text?.replace(/^\S+\s*/, '').trim() ?? ''))
}

type Pressed = Filter<BotContext, 'callback_query:data'>

/** Handles a button; `value` is what it carries. */
export function onButton(
  composer: Composer<BotContext>,
  name: CallbackName,
  handler: (ctx: Pressed, value: string) => Promise<void>,
): void {
  composer
    .on('callback_query:data')
    .filter((ctx) => parseCallback(ctx.callbackQuery.data)?.name === name)
    .use((ctx) => handler(ctx, parseCallback(ctx.callbackQuery.data)?.value ?? ''))
}

/** Ends the waiting of a pressed button, where one was pressed. One that has waited for too long is no failure. */
export async function acknowledge(ctx: BotContext, text?: string): Promise<void> {
  if (!ctx.callbackQuery) return
  await ctx.answerCallbackQuery(text === undefined ? {} : { text, show_alert: true }).catch((error) => {
    if (!isRefused(error, /query is too old|query id is invalid|query_id_invalid/i)) throw error
  })
}

/** Shows a page: in place of the text whose button was pressed, else as a new message. */
export async function show(ctx: BotContext, text: string, keyboard: InlineKeyboard): Promise<void> {
  await acknowledge(ctx)
  if (ctx.callbackQuery?.message?.text === undefined) {
    await ctx.reply(text, { reply_markup: keyboard })
    return
  }
  try {
    await ctx.editMessageText(text, { reply_markup: keyboard })
  } catch (error) {
    if (isRefused(error, /not modified/i)) return
    if (!isRefused(error, /can't be edited|to edit not found/i)) throw error
    await ctx.reply(text, { reply_markup: keyboard })
  }
}

/** Whether Telegram refused a call as pointless in the way that `description` says. */
function isRefused(error: unknown, description: RegExp): boolean {
  return error instanceof GrammyError && error.error_code === 400 && description.test(error.description)
}

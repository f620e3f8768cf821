import { roleOf } from '@botdeck/shared/actions/admins'
import { Composer, InlineKeyboard } from 'grammy'
import type { BotContext, BotDeps } from '../context.ts'
import { onCommand } from '../routing.ts'
import { showPanelButton } from './admin-menu.ts'
import { answerUnknownCommand } from './unhandled.ts'

/** The way into the panel. To everybody but admins the command does not exist. */
export function admin({ publicUrl, log }: BotDeps): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'admin', async (ctx) => {
    const { role } = await ctx.act(async ({ tx }) => ({ role: await roleOf(tx, ctx.from?.id ?? 0) }))
    if (role === undefined) return answerUnknownCommand(ctx)
    if (publicUrl === undefined) {
      await ctx.reply(ctx.html('admin-no-address'))
      return
    }
    const keyboard = new InlineKeyboard().webApp(ctx.plain('button-panel'), publicUrl)
    await ctx.reply(ctx.html('admin'), { reply_markup: keyboard })
    const chat = { chatId: ctx.from?.id ?? 0, publicUrl, locale: ctx.run.locale }
    await showPanelButton(ctx.api, chat).catch((error: unknown) =>
      log.warn({ err: error }, "an admin's menu button was not set"),
    )
  })
  return composer
}

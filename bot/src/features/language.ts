import { chooseLocale } from '@botdeck/shared/actions/people'
import { Composer, InlineKeyboard } from 'grammy'
import { packCallback } from '../callback-data.ts'
import type { BotContext } from '../context.ts'
import { menuKeyboard } from '../keyboards.ts'
import { onButton, onCommand, show } from '../routing.ts'
import { locales, plain } from '../texts.ts'

/** The language of the bot, chosen once; until then it is that of the person's Telegram. */
export function language(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'language', async (ctx) => {
    await ctx.act(async () => null)
    const keyboard = new InlineKeyboard()
    for (const locale of locales)
      keyboard.text(plain(locale, 'language-name'), packCallback('language', locale)).row()
    await ctx.reply(ctx.html('language-choose'), { reply_markup: keyboard })
  })
  onButton(composer, 'language', async (ctx, locale) => {
    await ctx.act(({ tx, person }) => chooseLocale(tx, person.uid, locale).then(() => null))
    await show(ctx, ctx.html('language-chosen'), menuKeyboard(ctx.run.locale))
  })
  return composer
}

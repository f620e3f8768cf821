import { setDialogue } from '@botdeck/shared/actions/dialogues'
import { Composer } from 'grammy'
import type { BotContext } from '../context.ts'
import { menuKeyboard } from '../keyboards.ts'
import { onCommand } from '../routing.ts'

/** What the bot says about itself. */
export function documents(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'help', async (ctx) => {
    await ctx.act(async () => null)
    await ctx.reply(ctx.html('help'), { reply_markup: menuKeyboard(ctx.run.locale) })
  })
  onCommand(composer, 'terms', async (ctx) => {
    await ctx.act(async () => null)
    await ctx.reply(ctx.html('terms'))
  })
  onCommand(composer, 'paysupport', async (ctx) => {
    await ctx.act(async () => null)
    await ctx.reply(ctx.html('paysupport'))
  })
  onCommand(composer, 'cancel', async (ctx) => {
    await ctx.act(({ tx, person, at }) => setDialogue(tx, person.uid, null, at).then(() => null))
    await ctx.reply(ctx.html('cancelled'), { reply_markup: menuKeyboard(ctx.run.locale) })
  })
  return composer
}

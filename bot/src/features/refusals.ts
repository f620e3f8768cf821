import { AppError } from '@botdeck/shared/contract/errors'
import { Composer } from 'grammy'
import type { BotContext } from '../context.ts'
import { storeKeyboard } from '../keyboards.ts'
import { acknowledge } from '../routing.ts'
import type { TextKey } from '../texts.ts'

/** What a refusal of an action says to the person, by its finest reason. */
const texts: Record<string, TextKey> = {
  banned: 'error-banned',
  insufficient_credits: 'error-credits',
  effect_gone: 'error-effect-gone',
  package_gone: 'error-package-gone',
  picture_gone: 'error-picture-gone',
}

/** Stands around all features and says in the person's language why something was refused. */
export function refusals(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.use(async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await refuse(ctx, error)
    }
  })
  return composer
}

async function refuse(ctx: BotContext, error: AppError): Promise<void> {
  const key = texts[error.detail ?? ''] ?? 'error-internal'
  if (ctx.preCheckoutQuery) {
    await ctx.answerPreCheckoutQuery(false, ctx.plain(key))
    return
  }
  await acknowledge(ctx)
  const keyboard = key === 'error-credits' ? { reply_markup: storeKeyboard(ctx.run.locale) } : {}
  await ctx.reply(ctx.html(key), keyboard)
}

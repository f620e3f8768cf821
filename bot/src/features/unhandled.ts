import { dialogueOf } from '@botdeck/shared/actions/dialogues'
import { Composer } from 'grammy'
import type { Message } from 'grammy/types'
import type { BotContext } from '../context.ts'
import { commandOf } from '../inbox/recorded.ts'
import { menuKeyboard } from '../keyboards.ts'
import { acknowledge } from '../routing.ts'
import type { TextKey } from '../texts.ts'
import { maxFileBytes } from './photo.ts'

/** Whatever no feature knows: a clear sentence, and nothing is charged. Must come last. */
export function unhandled(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('callback_query', async (ctx) => {
    await ctx.act(async () => null)
    await acknowledge(ctx, ctx.plain('unknown-button'))
  })
  composer.on('message', async (ctx) => {
    const { awaitsPhoto } = await ctx.act(async ({ tx, person }) => ({
      awaitsPhoto: (await dialogueOf(tx, person.uid))?.name === 'awaiting_photo',
    }))
    if (commandOf(ctx.message) !== undefined) return answerUnknownCommand(ctx)
    await ctx.reply(ctx.html(explain(ctx.message, awaitsPhoto)), {
      reply_markup: menuKeyboard(ctx.run.locale),
    })
  })
  return composer
}

/** What somebody hears who uses a command that is not there, or not for them. */
export async function answerUnknownCommand(ctx: BotContext): Promise<void> {
  await ctx.reply(ctx.html('unknown-command'), { reply_markup: menuKeyboard(ctx.run.locale) })
}

function explain(message: Message, awaitsPhoto: boolean): TextKey {
  if ((message.document?.file_size ?? 0) > maxFileBytes) return 'file-too-large'
  if (message.animation || message.video || message.video_note) return 'no-videos'
  if (message.document) return 'no-documents'
  if (message.sticker) return 'no-stickers'
  if (message.text === undefined) return 'photo-only'
  return awaitsPhoto ? 'photo-awaited' : 'unknown-text'
}

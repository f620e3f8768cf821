import { dialogueOf } from '@botdeck/shared/actions/dialogues'
import { findGeneration } from '@botdeck/shared/actions/generations'
import { AppError } from '@botdeck/shared/contract/errors'
import { Composer } from 'grammy'
import type { Message } from 'grammy/types'
import type { BotContext, BotDeps } from '../context.ts'
import type { Scene } from '../inbox/update-run.ts'
import { onButton } from '../routing.ts'
import { answerOrder, askForEffect, keepPhoto, order } from './order.ts'

/** The largest file that Telegram lets a bot fetch. */
export const maxFileBytes = 20 * 1024 * 1024

/** Pictures that arrive as files; what else calls itself an image is not one that can be worked on. */
const imageTypes = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/tiff'])

/** A photo, or a picture sent as a file: ordered when an effect waits for it, else kept until one is chosen. */
export function photo(deps: BotDeps): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer
    .on('message')
    .filter((ctx) => pictureOf(ctx.message) !== undefined)
    .use(async (ctx) => {
      const fileId = pictureOf(ctx.message) ?? ''
      const result = await ctx.act((scene) => receive(scene, fileId))
      if ('kind' in result) await answerOrder(ctx, deps, result)
      else await askForEffect(ctx, result.categories)
    })
  onButton(composer, 'again', async (ctx, generationId) => {
    const { categories } = await ctx.act(async (scene) => {
      const generation = await findGeneration(scene.tx, Number(generationId))
      if (generation?.uid !== scene.person.uid)
        throw new AppError('not_found', 'No such picture', { detail: 'picture_gone' })
      return keepPhoto(scene, generation.inputFileId)
    })
    await askForEffect(ctx, categories)
  })
  return composer
}

/** Telegram's id of the picture that a message brings; undefined where it brings none that can be fetched and read. */
function pictureOf(message: Message): string | undefined {
  const { photo, document } = message
  if (photo) return photo.at(-1)?.file_id
  const readable = document && imageTypes.has(document.mime_type ?? '')
  return readable && (document.file_size ?? 0) <= maxFileBytes ? document.file_id : undefined
}

async function receive(scene: Scene, fileId: string) {
  const dialogue = await dialogueOf(scene.tx, scene.person.uid)
  if (dialogue?.name === 'awaiting_photo' && typeof dialogue.effectId === 'string')
    return order(scene, { effectId: dialogue.effectId, fileId })
  return keepPhoto(scene, fileId)
}

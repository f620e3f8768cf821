import { badRequest } from '../bot-api/telegram-error.ts'
import type { ChatMessage } from '../world/chats.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { sendDocument, sendPhoto, sendSticker } from './acting.ts'

/** A form with `file`, and `caption`, or for stickers `emoji` and `animated`. */
export async function receiveUpload(
  world: World,
  person: Person,
  kind: 'photo' | 'document' | 'sticker',
  form: FormData,
): Promise<ChatMessage> {
  const part = form.get('file')
  if (!(part instanceof File)) throw badRequest('the form has no file')
  const caption = text(form, 'caption')
  const mime = part.type || 'application/octet-stream'
  const file = { bytes: Buffer.from(await part.arrayBuffer()), name: part.name, mime, caption }
  if (kind === 'photo') return sendPhoto(world, person, file)
  if (kind === 'document') return sendDocument(world, person, file)
  return sendSticker(world, person, {
    ...file,
    emoji: text(form, 'emoji') ?? '🙂',
    animated: text(form, 'animated') === 'true',
  })
}

function text(form: FormData, name: string): string | undefined {
  const value = form.get(name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

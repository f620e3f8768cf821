import { isDeepStrictEqual } from 'node:util'
import type { Message } from 'grammy/types'
import { z } from 'zod'
import type { ChatMessage } from '../../world/chats.ts'
import { apiMessage, personOf, repost } from '../../world/posting.ts'
import { seconds } from '../../world/world.ts'
import { type Call, chatIdOf, type Method } from '../call.ts'
import { documentFrom, photoFrom } from '../input-file.ts'
import { readInlineMarkup } from '../keyboards.ts'
import { Params } from '../params.ts'
import { badRequest } from '../telegram-error.ts'
import { captionContent, textContent } from './sending.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const DELETABLE_S = 48 * 3600

/** Parts of a message that an edit sets anew; a part that is not in the edit goes. */
type Part = 'text' | 'entities' | 'caption' | 'caption_entities' | 'photo' | 'document' | 'reply_markup'

function editable({ world, params }: Call): ChatMessage {
  const chatId = personOf(world, chatIdOf(params)).id
  const message = world.chats.find(chatId, params.integer('message_id') ?? 0)
  if (!message) throw badRequest('message to edit not found')
  if (message.from?.id !== world.bot.id) throw badRequest("message can't be edited")
  return message
}

function edit({ world }: Call, old: ChatMessage, parts: Part[], content: Partial<Message>) {
  const kept = Object.fromEntries(Object.entries(old).filter(([key]) => !parts.some((part) => part === key)))
  // What is kept and what is new together make a message of the same kind.
  const edited = { ...kept, ...content } as ChatMessage
  if (isDeepStrictEqual(edited, { ...old })) throw badRequest(NOT_MODIFIED)
  return apiMessage(repost(world, old.chat.id, { ...edited, edit_date: seconds(world) }))
}

function keyboard(params: Params) {
  const markup = readInlineMarkup(params)
  return markup ? { reply_markup: markup } : {}
}

export const editMessageText: Method = (call) => {
  const old = editable(call)
  if (old.text === undefined) throw badRequest('there is no text in the message to edit')
  const content = { ...textContent(call.params), ...keyboard(call.params) }
  return edit(call, old, ['text', 'entities', 'reply_markup'], content)
}

export const editMessageCaption: Method = (call) => {
  const old = editable(call)
  if (!old.photo && !old.document) throw badRequest('there is no caption in the message to edit')
  const content = { ...captionContent(call.params), ...keyboard(call.params) }
  return edit(call, old, ['caption', 'caption_entities', 'reply_markup'], content)
}

export const editMessageReplyMarkup: Method = (call) =>
  edit(call, editable(call), ['reply_markup'], keyboard(call.params))

const InputMedia = z.looseObject({ type: z.enum(['photo', 'document']), media: z.string() })

export const editMessageMedia: Method = async (call) => {
  const old = editable(call)
  if (old.invoice) throw badRequest("message can't be edited")
  const given = InputMedia.safeParse(call.params.structure('media'))
  if (!given.success) throw badRequest("can't parse input media JSON object")
  const { type, media } = given.data
  const file =
    type === 'photo'
      ? { photo: await photoFrom(call, 'media', media) }
      : { document: await documentFrom(call, 'media', media) }
  const content = { ...file, ...captionContent(new Params(given.data)), ...keyboard(call.params) }
  const parts: Part[] = [
    'text',
    'entities',
    'caption',
    'caption_entities',
    'photo',
    'document',
    'reply_markup',
  ]
  return edit(call, old, parts, content)
}

export const deleteMessage: Method = ({ world, params }) => {
  const chatId = personOf(world, chatIdOf(params)).id
  const id = params.integer('message_id') ?? 0
  const message = world.chats.find(chatId, id)
  if (!message) throw badRequest('message to delete not found')
  if (seconds(world) - message.date > DELETABLE_S) throw badRequest("message can't be deleted for everyone")
  world.chats.remove(chatId, id)
  world.feed.emit({ type: 'deleted', chat_id: chatId, message_id: id })
  return true
}

import type { Message } from 'grammy/types'
import { formattedText, lengthOf } from '../../text/entities.ts'
import type { ChatMessage } from '../../world/chats.ts'
import type { Person } from '../../world/people.ts'
import {
  apiMessage,
  type MessageContent,
  postAsBot,
  reachable,
  setReplyKeyboard,
} from '../../world/posting.ts'
import { type Call, chatIdOf, type Method } from '../call.ts'
import { documentFrom, photoFrom } from '../input-file.ts'
import { readMarkup } from '../keyboards.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../telegram-error.ts'

const MAX_TEXT = 4096
const MAX_CAPTION = 1024
const ACTIONS = /^(typing|upload_\w+|record_\w+|choose_sticker|find_location)$/

/** `text` with entities, 1–4096 characters after parsing. */
export function textContent(params: Params) {
  const { text, entities } = formattedText(params, 'text')
  if (text === '') throw badRequest('message text is empty')
  if (lengthOf(text) > MAX_TEXT) throw badRequest('message is too long')
  return { text, ...(entities.length > 0 && { entities }) }
}

/** `caption` with entities, at most 1024 characters after parsing; nothing when there is none. */
export function captionContent(params: Params) {
  const { text, entities } = formattedText(params, 'caption')
  if (lengthOf(text) > MAX_CAPTION) throw badRequest('message caption is too long')
  return { ...(text && { caption: text }), ...(entities.length > 0 && { caption_entities: entities }) }
}

/** The message that a new one replies to. */
function replyContent({ world, params }: Call, chatId: number): Pick<MessageContent, 'reply_to_message'> {
  const given = params.structure('reply_parameters')
  const id = params.integer('reply_to_message_id') ?? numberIn(given, 'message_id')
  if (id === undefined) return {}
  const message = world.chats.find(chatId, id)
  if (message) {
    const { reply_to_message: _deeper, ...shown } = apiMessage(message)
    return { reply_to_message: shown as NonNullable<Message['reply_to_message']> }
  }
  const lenient = params.flag('allow_sending_without_reply') || flagIn(given, 'allow_sending_without_reply')
  if (lenient) return {}
  throw badRequest('message to be replied not found')
}

function numberIn(value: unknown, key: string): number | undefined {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof found === 'number' ? found : undefined
}

function flagIn(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, key) === true
}

/** Sends `content` with the call's reply and keyboard. */
function send(call: Call, person: Person, content: MessageContent): ChatMessage {
  const { world, params } = call
  const markup = readMarkup(params)
  const reply = replyContent(call, person.id)
  const inline = markup.kind === 'inline' && markup.markup.inline_keyboard.length > 0
  const sent = postAsBot(world, person, {
    ...reply,
    ...content,
    ...(inline && { reply_markup: markup.markup }),
    ...(params.flag('protect_content') && { has_protected_content: true }),
  })
  if (markup.kind === 'reply') setReplyKeyboard(world, person.id, markup.markup)
  if (markup.kind === 'remove') setReplyKeyboard(world, person.id, null)
  return sent
}

export const sendMessage: Method = (call) => {
  const person = reachable(call.world, chatIdOf(call.params))
  return apiMessage(send(call, person, textContent(call.params)))
}

export const sendPhoto: Method = async (call) => {
  const person = reachable(call.world, chatIdOf(call.params))
  const caption = captionContent(call.params)
  const photo = await photoFrom(call, 'photo')
  return apiMessage(send(call, person, { photo, ...caption }))
}

export const sendDocument: Method = async (call) => {
  const person = reachable(call.world, chatIdOf(call.params))
  const caption = captionContent(call.params)
  const document = await documentFrom(call, 'document')
  return apiMessage(send(call, person, { document, ...caption }))
}

export const sendChatAction: Method = ({ world, params }) => {
  const person = reachable(world, chatIdOf(params))
  const action = params.text('action') ?? ''
  if (!ACTIONS.test(action)) throw badRequest('wrong parameter action in request')
  world.feed.emit({ type: 'action', chat_id: person.id, action })
  return true
}

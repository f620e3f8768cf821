import { randomBytes } from 'node:crypto'
import type { ChatMember, Message, Update } from 'grammy/types'
import { storeDocument } from '../bot-api/input-file.ts'
import { badRequest } from '../bot-api/telegram-error.ts'
import { lengthOf, plainText } from '../text/entities.ts'
import type { ChatMessage } from '../world/chats.ts'
import { chatOf, type NewPerson, type Person, personFrom, userOf } from '../world/people.ts'
import { storePhoto } from '../world/photos.ts'
import { apiMessage, botSender, postAsPerson } from '../world/posting.ts'
import { type CallbackAnswer, seconds, type World } from '../world/world.ts'

const FIRST_FREE_ID = 7_000_000_001
/** How long a callback query can be answered. */
const CALLBACK_MS = 10 * 60_000

/** Adds a person; an id that exists keeps its chat and takes the new names. */
export function createPerson(world: World, given: NewPerson): Person {
  const known = given.id === undefined ? undefined : world.people.get(given.id)
  const fresh = personFrom(given, given.id ?? freeId(world))
  const person = known ? { ...fresh, started: known.started, blocked: known.blocked } : fresh
  world.people.set(person.id, person)
  world.feed.emit({ type: 'person', chat_id: person.id, person })
  return person
}

function freeId(world: World): number {
  let id = FIRST_FREE_ID + world.people.size
  while (world.people.has(id)) id += 1
  return id
}

/** Blocks the bot, or lets it in again: the bot hears of it by `my_chat_member`. */
export function setBlocked(world: World, person: Person, blocked: boolean): void {
  if (person.blocked === blocked) return
  person.blocked = blocked
  const member = { status: 'member', user: botSender(world) } as ChatMember
  const kicked = { status: 'kicked', user: botSender(world), until_date: 0 } as ChatMember
  world.updates.push({
    my_chat_member: {
      chat: chatOf(person),
      from: userOf(person),
      date: seconds(world),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    },
  } as Omit<Update, 'update_id'>)
  world.feed.emit({ type: 'person', chat_id: person.id, person })
}

/** The person writes. `/start` lets a blocked bot in again, as its button does; any other text does not. */
export function sendText(world: World, person: Person, text: string): ChatMessage {
  const content = plainText(text)
  if (content.text === '') throw badRequest('message text is empty')
  if (lengthOf(content.text) > 4096) throw badRequest('message is too long')
  if (content.text.startsWith('/start')) setBlocked(world, person, false)
  return say(world, person, content)
}

export interface SentFile {
  bytes: Buffer
  name: string
  mime: string
  caption?: string | undefined
}

/** The person sends a picture as a photo: re-encoded, in sizes. */
export async function sendPhoto(
  world: World,
  person: Person,
  { bytes, caption }: SentFile,
): Promise<ChatMessage> {
  return say(world, person, { photo: await storePhoto(world, bytes), ...captionOf(caption) })
}

/** The person sends a file as it is. */
export function sendDocument(world: World, person: Person, file: SentFile): ChatMessage {
  return say(world, person, { document: storeDocument(world, file), ...captionOf(file.caption) })
}

export interface SentSticker extends SentFile {
  emoji: string
  animated: boolean
}

/** The person sends a sticker: a still WebP, or an animated one whose bytes are a gzipped Lottie. */
export function sendSticker(world: World, person: Person, sticker: SentSticker): ChatMessage {
  const extension = sticker.animated ? '.tgs' : '.webp'
  const file = world.files.add({ bytes: sticker.bytes, kind: 'sticker', mime: sticker.mime, extension })
  return say(world, person, {
    sticker: {
      file_id: file.file_id,
      file_unique_id: file.file_unique_id,
      file_size: file.file_size,
      type: 'regular',
      width: 512,
      height: 512,
      is_animated: sticker.animated,
      is_video: false,
      emoji: sticker.emoji,
    },
  })
}

export interface Pressed {
  callback_query_id: string
  /** The bot's answer; null when it did not answer in the time waited for. */
  answer: CallbackAnswer | null
}

/** The person presses a callback button; waits up to `waitMs` for the bot's answer to the query. */
export async function press(
  world: World,
  person: Person,
  { message_id, data, waitMs }: { message_id: number; data: string; waitMs: number },
): Promise<Pressed> {
  const message = world.chats.find(person.id, message_id)
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? []
  const exists = buttons.some((button) => 'callback_data' in button && button.callback_data === data)
  if (!message || !exists) throw badRequest('DATA_INVALID')
  const id = String(randomBytes(8).readBigUInt64BE() >> 1n)
  const answered = world.callbacks.ask(id, CALLBACK_MS)
  world.updates.push({
    callback_query: {
      id,
      from: userOf(person),
      message: apiMessage(message) as Message,
      chat_instance: String(person.id * 31),
      data,
    },
  })
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, waitMs, undefined).unref())
  return { callback_query_id: id, answer: (await Promise.race([answered, late])) ?? null }
}

function say(world: World, person: Person, content: Partial<Message>): ChatMessage {
  if (person.blocked) throw badRequest('YOU_BLOCKED_USER')
  return postAsPerson(world, person, content)
}

function captionOf(caption: string | undefined): Partial<Message> {
  if (!caption) return {}
  const { text, entities } = plainText(caption)
  return { caption: text, ...(entities && { caption_entities: entities }) }
}

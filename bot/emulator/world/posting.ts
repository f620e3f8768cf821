import type { Message, ReplyKeyboardMarkup, Update } from 'grammy/types'
import { TelegramError } from '../bot-api/telegram-error.ts'
import type { ChatMessage } from './chats.ts'
import { chatOf, type Person, userOf } from './people.ts'
import { seconds, type World } from './world.ts'

/** The parts of a message that its sender decides. */
export type MessageContent = Partial<Message> & Pick<ChatMessage, 'invoice_slug'>

/** What the Bot API shows of a stored message: without the stand-in's own fields. */
export function apiMessage(message: ChatMessage): Message {
  const { revision: _revision, invoice_slug: _slug, paid: _paid, ...shown } = message
  return shown
}

/** The person, or 404-like refusal of the control API as Telegram would say it. */
export function personOf(world: World, id: number): Person {
  const person = world.people.get(id)
  if (!person) throw new TelegramError(400, 'Bad Request: chat not found')
  return person
}

/** The person behind `chatId` if the bot may write to them now. */
export function reachable(world: World, chatId: number): Person {
  const person = personOf(world, chatId)
  if (person.blocked) throw new TelegramError(403, 'Forbidden: bot was blocked by the user')
  if (!person.started) throw new TelegramError(403, "Forbidden: bot can't initiate conversation with a user")
  return person
}

/** Stores a message from the bot and shows it. */
export function postAsBot(world: World, person: Person, content: MessageContent): ChatMessage {
  return post(world, person, { from: botSender(world), ...content })
}

/** Stores a message from the person, shows it, and queues it as an update. */
export function postAsPerson(world: World, person: Person, content: MessageContent): ChatMessage {
  person.started = true
  const message = post(world, person, { from: userOf(person), ...content })
  // The chat is private and `from` is set above.
  world.updates.push({ message: apiMessage(message) as NonNullable<Update['message']> })
  return message
}

/** Sets or takes away the keyboard under the person's text box. */
export function setReplyKeyboard(world: World, chatId: number, keyboard: ReplyKeyboardMarkup | null): void {
  world.chats.open(chatId).replyKeyboard = keyboard
  world.feed.emit({ type: 'keyboard', chat_id: chatId, reply_keyboard: keyboard })
}

/** Stores the changed message and shows it. */
export function repost(world: World, chatId: number, message: ChatMessage): ChatMessage {
  const changed = world.chats.replace(chatId, message)
  world.feed.emit({ type: 'edited', chat_id: chatId, message: changed })
  return changed
}

/** The bot as the sender of a message: without the fields only getMe has. */
export function botSender(world: World) {
  const { id, first_name, username } = world.bot
  return { id, is_bot: true, first_name, username }
}

function post(world: World, person: Person, content: MessageContent): ChatMessage {
  const message = world.chats.append(person.id, { date: seconds(world), chat: chatOf(person), ...content })
  world.feed.emit({ type: 'message', chat_id: person.id, message })
  return message
}

import type { Update, User } from 'grammy/types'

/** What the bot asks Telegram for; Telegram remembers the list, so every kind is named. */
export const allowedUpdates = [
  'message',
  'callback_query',
  'pre_checkout_query',
  'my_chat_member',
] as const satisfies (keyof Update)[]

/**
 * What is done with an update. `urgent` ones pass every queue, as Telegram waits ten seconds for their answer;
 * `recorded` ones are written down and answer nobody.
 */
export type UpdateKind = 'answered' | 'urgent' | 'recorded'

/** The private chat in whose order an update waits; null where it belongs to none. */
export function chatOf(update: Update): number | null {
  const chat = update.message?.chat ?? update.my_chat_member?.chat
  if (chat) return chat.type === 'private' ? chat.id : null
  return update.callback_query?.from.id ?? null
}

/** The person an update comes from, where it is one that the bot answers or records. */
export function senderOf(update: Update): User | undefined {
  const { message, callback_query, pre_checkout_query, my_chat_member } = update
  return message?.from ?? callback_query?.from ?? pre_checkout_query?.from ?? my_chat_member?.from
}

export function kindOf(update: Update): UpdateKind {
  if (update.pre_checkout_query) return 'urgent'
  const callback = update.callback_query
  if (callback) return (callback.message?.chat.type ?? 'private') === 'private' ? 'answered' : 'recorded'
  return update.message?.chat.type === 'private' && update.message.from ? 'answered' : 'recorded'
}

/** Beyond this age the instant that Telegram wrote on a message holds, and not the one of its arrival. */
const freshMs = 60_000

/** When what the update tells of happened, in ms: its arrival, but for messages that waited long. */
export function instantOf(update: Update, receivedAt: number): number {
  const message = update.message ?? update.my_chat_member
  const sentAt = message === undefined ? receivedAt : message.date * 1000
  return receivedAt - sentAt > freshMs ? sentAt : receivedAt
}

import type { Method } from './call.ts'
import * as chats from './methods/chats.ts'
import * as editing from './methods/editing.ts'
import * as payments from './methods/payments.ts'
import * as profile from './methods/profile.ts'
import { sendChatAction, sendDocument, sendMessage, sendPhoto } from './methods/sending.ts'
import * as updates from './methods/updates.ts'

const all: Record<string, Method> = {
  ...updates,
  ...editing,
  ...payments,
  ...profile,
  ...chats,
  sendMessage,
  sendPhoto,
  sendDocument,
  sendChatAction,
}

/** Every method, by its name in lower case: Telegram does not look at case. */
export const methods = new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), method]))

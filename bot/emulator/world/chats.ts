import type { Message, ReplyKeyboardMarkup } from 'grammy/types'

/** A message of the Bot API plus what only the stand-in's page and clients need to know about it. */
export interface ChatMessage extends Message {
  /** Grows with every change of the chat; a reader asks for what is newer than the last one it saw. */
  revision: number
  /** Invoices only: what `pay` takes, and whether it is paid. */
  invoice_slug?: string
  paid?: true
}

export interface ChatRecord {
  messages: ChatMessage[]
  lastMessageId: number
  revision: number
  replyKeyboard: ReplyKeyboardMarkup | null
}

export interface ChatLimits {
  /** Messages kept in one chat. */
  perChat: number
  /** Messages kept in all chats; beyond it the chat idle for longest keeps only its newest few. */
  overall: number
}

const KEPT_IN_IDLE_CHAT = 5

/** The messages of every private chat, bounded: simulated people talk for days. */
export class Chats {
  // In order of last use, so that the first is the chat idle for longest.
  readonly #chats = new Map<number, ChatRecord>()
  readonly #limits: ChatLimits
  #total = 0

  constructor(limits: ChatLimits) {
    this.#limits = limits
  }

  /** The chat's record, made when missing. */
  open(chatId: number): ChatRecord {
    const known = this.#chats.get(chatId)
    if (known) return known
    const fresh: ChatRecord = { messages: [], lastMessageId: 0, revision: 0, replyKeyboard: null }
    this.#chats.set(chatId, fresh)
    return fresh
  }

  find(chatId: number, messageId: number): ChatMessage | undefined {
    return this.#chats.get(chatId)?.messages.find((message) => message.message_id === messageId)
  }

  /** Appends a message under the chat's next message id and answers it as stored. */
  append(chatId: number, content: Omit<ChatMessage, 'message_id' | 'revision'>): ChatMessage {
    const chat = this.#touch(chatId)
    chat.lastMessageId += 1
    chat.revision += 1
    // The spread of an interface with an omitted key loses its name; every field is there.
    const message = { ...content, message_id: chat.lastMessageId, revision: chat.revision } as ChatMessage
    chat.messages.push(message)
    this.#total += 1
    if (chat.messages.length > this.#limits.perChat) this.#trim(chat, this.#limits.perChat)
    this.#makeRoom()
    return message
  }

  replace(chatId: number, message: ChatMessage): ChatMessage {
    const chat = this.#touch(chatId)
    chat.revision += 1
    const changed = { ...message, revision: chat.revision }
    chat.messages = chat.messages.map((old) => (old.message_id === message.message_id ? changed : old))
    return changed
  }

  remove(chatId: number, messageId: number): void {
    const chat = this.#touch(chatId)
    const kept = chat.messages.filter((message) => message.message_id !== messageId)
    this.#total -= chat.messages.length - kept.length
    chat.messages = kept
    chat.revision += 1
  }

  /** Chat ids, the most recently used first. */
  recent(): number[] {
    return [...this.#chats.keys()].reverse()
  }

  snapshot(): [number, ChatRecord][] {
    return [...this.#chats]
  }

  restore(chats: [number, ChatRecord][]): void {
    for (const [id, chat] of chats) {
      this.#chats.set(id, chat)
      this.#total += chat.messages.length
    }
  }

  #touch(chatId: number): ChatRecord {
    const chat = this.open(chatId)
    this.#chats.delete(chatId)
    this.#chats.set(chatId, chat)
    return chat
  }

  #trim(chat: ChatRecord, keep: number): void {
    const surplus = Math.max(0, chat.messages.length - keep)
    chat.messages.splice(0, surplus)
    this.#total -= surplus
  }

  #makeRoom(): void {
    if (this.#total <= this.#limits.overall) return
    for (const chat of this.#chats.values()) {
      this.#trim(chat, KEPT_IN_IDLE_CHAT)
      if (this.#total <= this.#limits.overall) return
    }
  }
}

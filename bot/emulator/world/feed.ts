import type { ReplyKeyboardMarkup } from 'grammy/types'
import type { ChatMessage } from './chats.ts'
import type { Person } from './people.ts'

/** What happened in the stand-in, as its page and its clients hear it. `chat_id` equals the person's id. */
export type FeedEvent =
  | { type: 'message' | 'edited'; chat_id: number; message: ChatMessage }
  | { type: 'deleted'; chat_id: number; message_id: number }
  | { type: 'action'; chat_id: number; action: string }
  | { type: 'keyboard'; chat_id: number; reply_keyboard: ReplyKeyboardMarkup | null }
  | { type: 'person'; chat_id: number; person: Person }
  | { type: 'profile'; chat_id: number }

export type FeedListener = (event: FeedEvent) => void

/** Synchronous fan-out of feed events. */
export class Feed {
  readonly #listeners = new Set<FeedListener>()

  emit(event: FeedEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  /** Calls `listener` for each event from now on; the answer ends that. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

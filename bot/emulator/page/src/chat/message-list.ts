import type { ChatMessage } from '../../../client.ts'
import { h } from '../dom.ts'
import { bubble, type MessageActions } from './bubble.ts'

/**
 * The scrolling list of messages with its day separators. The outer box runs from bottom to top, so that the
 * browser itself keeps the end in view while the reader is there.
 */
export class MessageList {
  readonly root: HTMLElement
  readonly #inner = h('div', { class: 'messages', role: 'log', 'aria-label': 'Messages' })
  readonly #botName: string
  readonly #actions: MessageActions
  #lastDay = ''

  constructor(botName: string, actions: MessageActions) {
    this.#botName = botName
    this.#actions = actions
    this.root = h('div', { class: 'message-scroller', tabindex: 0 }, this.#inner)
  }

  /** Replaces everything. */
  reset(messages: ChatMessage[], empty: string): void {
    this.#inner.replaceChildren()
    this.#lastDay = ''
    if (messages.length === 0 && empty) this.#inner.append(h('div', { class: 'about' }, empty))
    for (const message of messages) this.#put(message)
    this.#toEnd()
  }

  /** Adds a new message or replaces a changed one; one's own brings the end into view. */
  put(message: ChatMessage): void {
    this.#inner.querySelector('.about')?.remove()
    this.#put(message)
    if (!message.from?.is_bot) this.#toEnd()
  }

  remove(messageId: number): void {
    this.#find(messageId)?.remove()
  }

  #put(message: ChatMessage): void {
    const node = bubble(message, this.#botName, this.#actions)
    const old = this.#find(message.message_id)
    if (old) {
      old.replaceWith(node)
      return
    }
    const day = new Date(message.date * 1000).toLocaleDateString('en', { month: 'long', day: 'numeric' })
    if (day !== this.#lastDay) this.#inner.append(h('div', { class: 'service day' }, h('span', {}, day)))
    this.#lastDay = day
    this.#inner.append(node)
  }

  #find(messageId: number): Element | null {
    return this.#inner.querySelector(`[data-message-id="${messageId}"]`)
  }

  #toEnd(): void {
    this.root.scrollTop = 0
  }
}

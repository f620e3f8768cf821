import type { ChatMessage } from '../../../client.ts'
import { h } from '../dom.ts'
import { bubble, type MessageActions } from './bubble.ts'

const AT_END_PX = 80

/** The scrolling list of messages with its day separators; stays at the end while the reader is there. */
export class MessageList {
  readonly root = h('div', { class: 'messages', role: 'log', 'aria-label': 'Messages', tabindex: 0 })
  readonly #botName: string
  readonly #actions: MessageActions
  #lastDay = ''
  #atEnd = true

  constructor(botName: string, actions: MessageActions) {
    this.#botName = botName
    this.#actions = actions
    this.root.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.root
      this.#atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX
    })
    // The keyboard under the text box takes room from the list.
    new ResizeObserver(() => this.#follow()).observe(this.root)
  }

  /** Replaces everything. */
  reset(messages: ChatMessage[], empty: string): void {
    this.root.replaceChildren()
    this.#lastDay = ''
    this.#atEnd = true
    if (messages.length === 0 && empty) this.root.append(h('div', { class: 'about' }, empty))
    for (const message of messages) this.#put(message)
    this.#follow()
  }

  /** Adds a new message or replaces a changed one; one's own brings the end into view. */
  put(message: ChatMessage): void {
    this.root.querySelector('.about')?.remove()
    if (!message.from?.is_bot) this.#atEnd = true
    this.#put(message)
    this.#follow()
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
    if (day !== this.#lastDay) this.root.append(h('div', { class: 'service day' }, h('span', {}, day)))
    this.#lastDay = day
    this.root.append(node)
  }

  #find(messageId: number): Element | null {
    return this.root.querySelector(`[data-message-id="${messageId}"]`)
  }

  #follow(): void {
    if (this.#atEnd) this.root.scrollTop = this.root.scrollHeight
  }
}

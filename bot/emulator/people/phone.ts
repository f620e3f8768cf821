import type { InlineKeyboardButton } from 'grammy/types'
import type { ChatMessage, EmulatorClient } from '../client.ts'

/** A button that the person sees, with its message. */
export interface Seen {
  message: ChatMessage
  button: InlineKeyboardButton
}

/** Telegram in the hand of one simulated person: what they see, and doing something until the bot answers. */
export class Phone {
  readonly client: EmulatorClient
  readonly personId: number
  /** How long the person waits for an answer, ms. */
  readonly #patienceMs: number

  constructor(client: EmulatorClient, personId: number, patienceMs = 10_000) {
    this.client = client
    this.personId = personId
    this.#patienceMs = patienceMs
  }

  /** The buttons under the last message of the bot that has some; an invoice that is paid has none any more. */
  async buttons(): Promise<Seen[]> {
    const { messages } = await this.client.chat(this.personId)
    const message = messages.findLast(
      ({ from, reply_markup, paid }) => from?.is_bot && reply_markup?.inline_keyboard && !paid,
    )
    if (!message) return []
    return (message.reply_markup?.inline_keyboard.flat() ?? []).map((button) => ({ message, button }))
  }

  /**
   * Does something and waits until the bot has said something new or changed what it said.
   * @returns whether the bot answered in time
   */
  async untilAnswered(act: (client: EmulatorClient) => Promise<unknown>): Promise<boolean> {
    let { revision } = await this.client.messages(this.personId)
    const since = performance.now()
    await act(this.client)
    for (;;) {
      const left = this.#patienceMs - (performance.now() - since)
      if (left <= 0) return false
      const news = await this.client.messages(this.personId, { after: revision, wait_ms: Math.ceil(left) })
      if (news.messages.some((message) => message.from?.is_bot)) return true
      revision = news.revision
    }
  }

  /** Presses a button; answered when the bot has taken the press in, even if the message stays as it was. */
  async press(messageId: number, data: string): Promise<boolean> {
    const pressed = await this.client.press(this.personId, messageId, { data, waitMs: this.#patienceMs })
    return pressed.answer !== null
  }
}

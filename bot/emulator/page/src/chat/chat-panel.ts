import type { ChatMessage, LaunchRequest } from '../../../client.ts'
import type { FeedEvent } from '../../../world/feed.ts'
import { startPayloadDialog } from '../dialogs/new-person.ts'
import { popup } from '../dialogs/popup.ts'
import { avatar, h, iconButton, toast } from '../dom.ts'
import { attachMenu, menuItem } from '../floating-menu.ts'
import { peoplePicker } from '../people-picker.ts'
import { client, me, onPerson } from '../session.ts'
import { Composer } from './composer.ts'
import { liveChat } from './live-chat.ts'
import { MessageList } from './message-list.ts'

const CALLBACK_WAIT_MS = 15_000
const TYPING_MS = 5_000

export interface ChatPanelActions {
  openApp: (from: LaunchRequest) => void
  openLink: (url: string) => void
  pay: (slug: string) => void
}

/** The chat between the chosen person and the bot. */
export class ChatPanel {
  readonly root: HTMLElement
  readonly #list: MessageList
  readonly #composer: Composer
  readonly #status = h('span', { class: 'status' }, 'bot')
  #hangUp = () => {}
  #typing: ReturnType<typeof setTimeout> | undefined

  constructor(bot: { id: number; first_name: string }, actions: ChatPanelActions) {
    this.#list = new MessageList(bot.first_name, {
      command: (text) => void say(text),
      link: actions.openLink,
      callback: (message, data) => attempt(() => press(message, data)),
      pay: (message) => message.invoice_slug && !message.paid && actions.pay(message.invoice_slug),
      openApp: ({ message_id }, place) => actions.openApp({ message_id, ...place }),
      copy: (text) => void attempt(() => navigator.clipboard.writeText(text).then(() => toast('Copied'))),
    })
    this.#composer = new Composer({
      say: (text) => void say(text),
      start: () => void say('/start'),
      unblock: () => void attempt(() => client.unblock(me().id)),
      openMenuApp: () => actions.openApp({ menu: true }),
      openKeyboardApp: (keyboard) => actions.openApp({ keyboard }),
    })
    const name = h('div', { class: 'bot-name' }, h('strong', {}, bot.first_name), this.#status)
    const picture = avatar(bot.id, bot.first_name)
    const head = h('header', { class: 'chat-head' }, picture, name, peoplePicker(), moreButton())
    const label = `Chat with ${bot.first_name}`
    this.root = h(
      'section',
      { class: 'chat', 'aria-label': label },
      head,
      this.#list.root,
      this.#composer.root,
    )
    onPerson(({ id }) => this.#listenTo(id))
  }

  #listenTo(personId: number): void {
    this.#hangUp()
    const reload = () => void attempt(() => this.#reload())
    this.#hangUp = liveChat(personId, { reload, event: (event) => this.#onEvent(event) })
  }

  async #reload(): Promise<void> {
    const view = await client.chat(me().id)
    this.#list.reset(view.messages, view.description)
    this.#composer.show(view)
  }

  async #refreshComposer(): Promise<void> {
    this.#composer.show(await client.chat(me().id))
  }

  #onEvent(event: FeedEvent): void {
    if (event.type === 'message') this.#onMessage(event.message)
    else if (event.type === 'edited') this.#list.put(event.message)
    else if (event.type === 'deleted') this.#list.remove(event.message_id)
    else if (event.type === 'keyboard') this.#composer.setKeyboard(event.reply_keyboard)
    else if (event.type === 'action')
      this.#setStatus(event.action === 'typing' ? 'typing…' : 'sending a photo…')
    else if (event.type === 'profile' || event.chat_id === me().id) void this.#refreshComposer()
  }

  #onMessage(message: ChatMessage): void {
    this.#list.put(message)
    this.#setStatus('bot')
    // A first message replaces the Start button by the text box.
    if (!message.from?.is_bot) void this.#refreshComposer()
  }

  #setStatus(text: string): void {
    clearTimeout(this.#typing)
    this.#status.textContent = text
    this.#status.classList.toggle('active', text !== 'bot')
    if (text !== 'bot') this.#typing = setTimeout(() => this.#setStatus('bot'), TYPING_MS)
  }
}

function say(text: string): Promise<void> {
  return attempt(() => client.sendText(me().id, text))
}

async function press(message: ChatMessage, data: string): Promise<void> {
  const { answer } = await client.press(me().id, message.message_id, { data, waitMs: CALLBACK_WAIT_MS })
  if (!answer) toast('The bot did not answer')
  else if (answer.url) window.open(answer.url, '_blank', 'noopener')
  else if (answer.text && answer.show_alert)
    await popup({ message: answer.text, buttons: [{ type: 'ok' }] }, '.chat')
  else if (answer.text) toast(answer.text)
}

async function attempt(action: () => Promise<unknown>): Promise<void> {
  try {
    await action()
  } catch (error) {
    toast(error instanceof Error ? error.message : 'No connection to the stand-in')
  }
}

function moreButton(): HTMLElement {
  const button = iconButton('more', 'More', () => {})
  attachMenu(button, (close) => [
    menuItem('Open a start link…', async () => {
      close()
      const payload = await startPayloadDialog()
      if (payload !== undefined) await attempt(() => client.start(me().id, payload))
    }),
    menuItem('Block the bot', () => {
      close()
      void attempt(() => client.block(me().id))
    }),
  ])
  return button
}

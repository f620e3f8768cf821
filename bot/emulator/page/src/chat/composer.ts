import type { ChatView } from '../../../client.ts'
import { h, icon, iconButton } from '../dom.ts'
import { attachButton, sendPhoto } from './attach-menu.ts'
import { CommandList, matching } from './command-list.ts'
import { replyKeyboard } from './keyboards.ts'

export interface ComposerActions {
  say: (text: string) => void
  start: () => void
  unblock: () => void
  openMenuApp: () => void
  openKeyboardApp: (place: { row: number; column: number }) => void
}

const MAX_HEIGHT = 140

/** The lower part of the chat: text box, menu button, commands, keyboard, and Start or Unblock instead of them. */
export class Composer {
  readonly root = h('footer', { class: 'composer' })
  readonly #actions: ComposerActions
  readonly #input = h('textarea', {
    rows: 1,
    placeholder: 'Message',
    'aria-label': 'Message',
    autocomplete: 'off',
  })
  readonly #menu = h('button', { type: 'button', class: 'menu-button', onclick: () => this.#onMenu() })
  readonly #keys = iconButton('keyboard', 'Show or hide the keyboard', () => this.#toggleKeyboard())
  readonly #keyboard = h('div')
  readonly #commands = new CommandList((command) => this.#say(command))
  readonly #bar: HTMLElement
  #view: ChatView | undefined
  #keyboardOpen = true

  constructor(actions: ComposerActions) {
    this.#actions = actions
    const send = iconButton('send', 'Send', () => this.#say(this.#input.value))
    send.classList.add('send')
    this.#bar = h('div', { class: 'bar' }, this.#menu, attachButton(), this.#input, this.#keys, send)
    this.#input.addEventListener('input', () => this.#onInput())
    this.#input.addEventListener('keydown', (event) => this.#onKey(event))
    this.#input.addEventListener('paste', (event) => {
      const image = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith('image/'))
      if (image) void sendPhoto(image)
    })
  }

  /** Draws the part for the chat as it is now. */
  show(view: ChatView): void {
    if (view.person.id !== this.#view?.person.id) this.#input.value = ''
    this.#view = view
    this.#draw(view)
  }

  setKeyboard(reply_keyboard: ChatView['reply_keyboard']): void {
    this.#keyboardOpen = true
    if (this.#view) this.show({ ...this.#view, reply_keyboard })
  }

  #draw(view: ChatView): void {
    const { blocked, started } = view.person
    if (blocked) this.root.replaceChildren(wide('Unblock the bot', this.#actions.unblock))
    else if (!started) this.root.replaceChildren(wide('Start', this.#actions.start))
    else this.#drawBar(view)
  }

  #drawBar({ menu_button, reply_keyboard, commands }: ChatView): void {
    const isApp = menu_button.type === 'web_app'
    this.#menu.replaceChildren(icon(isApp ? 'app' : 'menu'), isApp ? menu_button.text : 'Menu')
    this.#menu.hidden = !isApp && commands.length === 0
    this.#keys.hidden = reply_keyboard === null
    const { say, openKeyboardApp } = this.#actions
    const shown = reply_keyboard && this.#keyboardOpen
    this.#keyboard.replaceChildren(
      ...(shown ? [replyKeyboard(reply_keyboard, { say, openApp: openKeyboardApp })] : []),
    )
    if (!this.#bar.isConnected) this.root.replaceChildren(this.#commands.root, this.#bar, this.#keyboard)
  }

  #toggleKeyboard(): void {
    this.#keyboardOpen = !this.#keyboardOpen
    if (this.#view) this.#draw(this.#view)
  }

  #onMenu(): void {
    if (this.#view?.menu_button.type === 'web_app') this.#actions.openMenuApp()
    else if (this.#commands.open) this.#commands.hide()
    else this.#commands.show(this.#view?.commands ?? [])
  }

  #say(text: string): void {
    if (text.trim() !== '') this.#actions.say(text.trim())
    this.#input.value = ''
    this.#commands.hide()
    this.#onInput()
    this.#input.focus()
  }

  #onInput(): void {
    this.#input.style.height = 'auto'
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, MAX_HEIGHT)}px`
    this.#commands.show(matching(this.#view?.commands ?? [], this.#input.value))
  }

  #onKey(event: KeyboardEvent): void {
    const { key } = event
    if (key === 'Escape') this.#commands.hide()
    else if (this.#commands.open && key === 'ArrowDown') this.#commands.select('next')
    else if (this.#commands.open && key === 'ArrowUp') this.#commands.select('previous')
    else if (key === 'Enter' && !event.shiftKey && !event.isComposing) {
      if (!this.#commands.open || !this.#commands.takeSelected()) this.#say(this.#input.value)
    } else return
    event.preventDefault()
  }
}

function wide(text: string, onclick: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'wide', onclick }, text)
}

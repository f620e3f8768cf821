import { h, iconButton } from '../dom.ts'
import { attachMenu, menuItem } from '../floating-menu.ts'

export interface HeadActions {
  leave: () => void
  back: () => void
  toggleFullscreen: () => void
  settings: () => void
  reload: () => void
}

/** Telegram's bar over the Mini App: close or back, the bot's name, full screen, and its menu. */
export class PhoneHead {
  readonly root: HTMLElement
  readonly #leave: HTMLElement
  readonly #back: HTMLElement
  readonly #full: HTMLElement
  readonly #opener = h('small')
  #hasSettings = false

  constructor(botName: string, actions: HeadActions) {
    this.#leave = iconButton('close', 'Close', actions.leave)
    this.#back = iconButton('back', 'Back', actions.back)
    this.#full = iconButton('full', 'Full screen with safe areas', actions.toggleFullscreen)
    const more = iconButton('more', 'More', () => {})
    attachMenu(more, (close) => {
      const then = (action: () => void) => () => {
        close()
        action()
      }
      const reload = menuItem('Reload page', then(actions.reload))
      return this.#hasSettings ? [menuItem('Settings', then(actions.settings)), reload] : [reload]
    })
    const title = h('div', { class: 'app-title' }, h('strong', {}, botName), this.#opener)
    this.root = h('header', { class: 'app-head' }, this.#leave, this.#back, title, this.#full, more)
    this.setBack(false)
  }

  setOpener(name: string): void {
    this.#opener.textContent = `opened by ${name}`
  }

  setBack(visible: boolean): void {
    this.#back.hidden = !visible
    this.#leave.hidden = visible
  }

  setSettings(visible: boolean): void {
    this.#hasSettings = visible
  }

  setFullscreen(full: boolean): void {
    this.#full.setAttribute('aria-pressed', String(full))
  }
}

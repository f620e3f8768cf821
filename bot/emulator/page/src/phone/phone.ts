import type { LaunchRequest, Person } from '../../../client.ts'
import { paymentSheet } from '../dialogs/payment-sheet.ts'
import { ask } from '../dialogs/popup.ts'
import { h, toast } from '../dom.ts'
import { become, client, fullName, me } from '../session.ts'
import { currentTheme, onTheme } from '../theme.ts'
import { createAppButtons } from './app-buttons.ts'
import { createHandlers, type PhoneControls } from './handlers.ts'
import { PhoneHead } from './head.ts'
import { createWebView } from './web-view.ts'

const NO_INSETS = { top: 0, right: 0, bottom: 0, left: 0 }
/** A phone with a notch and a home bar, in full screen: the system's part and Telegram's buttons below it. */
const NOTCH = { top: 47, right: 0, bottom: 34, left: 0 }
const TELEGRAM_BUTTONS = { top: 46, right: 0, bottom: 0, left: 0 }

/** The phone on the right: Telegram's frame around the Mini App. */
export class Phone {
  readonly root: HTMLElement
  readonly #bot: { first_name: string }
  readonly #screen = h('div', { class: 'screen' })
  readonly #frame = h('iframe', { title: 'Mini App', allow: 'clipboard-write', class: 'app-frame' })
  readonly #loader = h('div', { class: 'loader', role: 'status', 'aria-label': 'Loading' })
  readonly #idle = idleScreen()
  readonly #head: PhoneHead
  readonly #buttons = createAppButtons(
    (which) => this.#webView.post(`${which}_button_pressed`),
    () => this.#webView.postViewport(),
  )
  readonly #webView: ReturnType<typeof createWebView>
  #opened: { person: Person; url: string } | undefined
  #full = false
  #asksToClose = false
  #canReload = false

  constructor(bot: { first_name: string }, openLink: (url: string) => void) {
    this.#bot = bot
    this.#head = new PhoneHead(bot.first_name, {
      leave: () => void this.#leave(),
      back: () => this.#webView.post('back_button_pressed'),
      toggleFullscreen: () => this.#setFullscreen(!this.#full),
      settings: () => this.#webView.post('settings_button_pressed'),
      reload: () => this.#reload(),
    })
    this.#webView = createWebView(this.#frame, createHandlers(this.#controls(openLink)))
    this.root = h('section', { class: 'phone', 'aria-label': 'Phone' }, this.#screen)
    this.#screen.append(this.#idle)
    this.#frame.addEventListener('load', () => this.#loader.remove())
    new ResizeObserver(() => this.#webView.postViewport()).observe(this.#frame)
    onTheme(() => this.#webView.postTheme())
  }

  /** Opens the app as the chosen person from one of its buttons; it stays theirs when the chat changes hands. */
  async open(from: LaunchRequest): Promise<void> {
    const person = me()
    try {
      const { url } = await client.launch(person.id, { ...from, theme: currentTheme() })
      this.#reset()
      this.#opened = { person, url }
      this.#head.setOpener(fullName(person))
      this.#load(url)
    } catch (error) {
      toast(error instanceof Error ? error.message : 'The Mini App did not open')
    }
  }

  #load(url: string): void {
    // Taking the frame out and in again loads the page anew even when only the fragment differs.
    this.#webView.load(url)
    this.#screen.replaceChildren(this.#head.root, this.#frame, this.#loader, this.#buttons.root)
  }

  #controls(openLink: (url: string) => void): PhoneControls {
    return {
      webView: () => this.#webView,
      personId: () => this.#opened?.person.id ?? 0,
      safeArea: () => (this.#full ? NOTCH : NO_INSETS),
      contentSafeArea: () => (this.#full ? TELEGRAM_BUTTONS : NO_INSETS),
      setBackButton: (visible) => this.#head.setBack(visible),
      setSettingsButton: (visible) => this.#head.setSettings(visible),
      setButton: this.#buttons.set,
      setColour: (part, colour) => this.#screen.style.setProperty(`--app-${part}`, colour),
      setClosingConfirmation: (needed) => {
        this.#asksToClose = needed
      },
      setFullscreen: (full) => this.#setFullscreen(full),
      ready: () => this.#loader.remove(),
      reloadSupported: (supported) => {
        this.#canReload = supported
      },
      close: () => this.#close(),
      pay: (slug) => paymentSheet(slug, this.#bot.first_name, '.phone'),
      openLink,
    }
  }

  async #leave(): Promise<void> {
    const question = 'Changes that you made may not be saved.'
    if (!this.#asksToClose || (await ask(question, 'Close anyway', '.phone'))) this.#close()
  }

  #close(): void {
    this.#reset()
    this.#webView.unload()
    this.#opened = undefined
    this.#screen.replaceChildren(this.#idle)
  }

  #reset(): void {
    this.#buttons.reset()
    this.#setFullscreen(false)
    this.#head.setBack(false)
    this.#head.setSettings(false)
    this.#asksToClose = false
    this.#canReload = false
    this.#screen.removeAttribute('style')
  }

  #reload(): void {
    if (this.#canReload) this.#webView.post('reload_iframe')
    else if (this.#opened) this.#load(this.#opened.url)
  }

  #setFullscreen(full: boolean): void {
    if (this.#full === full) return
    this.#full = full
    this.root.classList.toggle('full', full)
    this.#head.setFullscreen(full)
    // The insets first: an app that waited for full screen reads them at once.
    this.#webView.post('safe_area_changed', full ? NOTCH : NO_INSETS)
    this.#webView.post('content_safe_area_changed', full ? TELEGRAM_BUTTONS : NO_INSETS)
    this.#webView.post('fullscreen_changed', { is_fullscreen: full })
    this.#webView.postViewport()
  }
}

function idleScreen(): HTMLElement {
  const admin = h('button', { type: 'button', class: 'primary' }, 'Be the admin')
  admin.addEventListener('click', async () => {
    const [first] = await client.persons({ kind: 'admin' })
    if (first) become(first)
    else toast('No admin is configured: set ADMIN_IDS')
  })
  return h(
    'div',
    { class: 'idle' },
    h('strong', {}, 'The admin panel opens here'),
    h(
      'p',
      {},
      'Be the admin in the chat, send /admin and press the button of the answer, or the menu button.',
    ),
    admin,
  )
}

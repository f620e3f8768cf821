import './style/base.css'
import './style/chat.css'
import './style/phone.css'
import './style/dialogs.css'
import { ChatPanel } from './chat/chat-panel.ts'
import { paymentSheet } from './dialogs/payment-sheet.ts'
import { h, iconButton, toast } from './dom.ts'
import { openLink } from './links.ts'
import { Phone } from './phone/phone.ts'
import { become, client, firstPerson, onPerson } from './session.ts'
import { currentTheme, onTheme, setTheme, startTheme } from './theme.ts'

const ABOUT =
  'Telegram’s stand-in on this machine: be anybody, pay with play Stars, open the admin panel beside the chat.'

async function start(): Promise<void> {
  startTheme()
  const bot = await client.bot()
  const app = document.querySelector('#app')
  const follow = (url: string) =>
    void openLink(url, bot).catch((error: unknown) =>
      toast(error instanceof Error ? error.message : 'Not opened'),
    )
  const phone = new Phone(bot, follow)
  const main = h('main', { 'data-tab': 'chat' })
  const tabs = createTabs(main)
  onPerson(() => tabs.show('chat'))
  const chat = new ChatPanel(bot, {
    openApp: (from) => {
      tabs.show('app')
      void phone.open(from)
    },
    openLink: follow,
    pay: (slug) => void paymentSheet(slug, bot.first_name, '.chat'),
  })
  main.append(chat.root, phone.root)
  const title = h('div', { class: 'page-title' }, h('h1', {}, 'Botdeck demo'), h('p', {}, ABOUT))
  app?.append(h('header', { class: 'page-head' }, title, themeButton()), tabs.root, main)
  become(await firstPerson())
}

function themeButton(): HTMLElement {
  const sun = iconButton('sun', 'Light theme', () => setTheme('light'))
  const moon = iconButton('moon', 'Dark theme', () => setTheme('dark'))
  const draw = () => {
    sun.hidden = currentTheme() === 'light'
    moon.hidden = currentTheme() === 'dark'
  }
  onTheme(draw)
  draw()
  return h('span', {}, sun, moon)
}

/** On a narrow screen chat and phone are two tabs. */
function createTabs(main: HTMLElement) {
  const tab = (name: 'chat' | 'app', label: string) =>
    h('button', { type: 'button', role: 'tab', onclick: () => show(name), 'data-name': name }, label)
  const root = h('nav', { class: 'tabs', role: 'tablist' }, tab('chat', 'Chat'), tab('app', 'Mini App'))
  const show = (name: 'chat' | 'app') => {
    main.dataset.tab = name
    for (const button of root.querySelectorAll('button')) {
      button.setAttribute('aria-selected', String(button.dataset.name === name))
    }
  }
  show('chat')
  return { root, show }
}

void start().catch((error: unknown) => {
  document.body.textContent = `The stand-in does not answer: ${error instanceof Error ? error.message : error}`
})

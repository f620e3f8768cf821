import type { InlineKeyboardButton, ReplyKeyboardMarkup } from 'grammy/types'
import type { ChatMessage } from '../../../client.ts'
import { h, icon } from '../dom.ts'

export interface ButtonActions {
  callback: (message: ChatMessage, data: string) => Promise<void>
  link: (url: string) => void
  pay: (message: ChatMessage) => void
  openApp: (message: ChatMessage, place: { row: number; column: number }) => void
  copy: (text: string) => void
}

/** The buttons under a message; none when it has none. */
export function inlineKeyboard(message: ChatMessage, actions: ButtonActions): HTMLElement | undefined {
  const rows = message.reply_markup?.inline_keyboard
  if (!rows?.length) return undefined
  const keyboard = h('div', { class: 'inline-keyboard' })
  for (const [row, buttons] of rows.entries()) {
    const line = h('div', { class: 'button-row' })
    for (const [column, button] of buttons.entries())
      line.append(draw(button, message, { row, column }, actions))
    keyboard.append(line)
  }
  return keyboard
}

function draw(
  button: InlineKeyboardButton,
  message: ChatMessage,
  place: { row: number; column: number },
  actions: ButtonActions,
): HTMLElement {
  const element = h('button', { type: 'button', class: 'inline-button' }, label(button, message))
  element.addEventListener('click', async () => {
    if ('callback_data' in button) {
      element.classList.add('busy')
      await actions.callback(message, button.callback_data).finally(() => element.classList.remove('busy'))
    } else if ('url' in button) actions.link(button.url)
    else if ('web_app' in button) actions.openApp(message, place)
    else if ('pay' in button) actions.pay(message)
    else if ('copy_text' in button) actions.copy(button.copy_text.text)
  })
  if ('url' in button) element.append(icon('link'))
  if ('web_app' in button) element.append(icon('app'))
  if ('switch_inline_query' in button) element.disabled = true
  return element
}

function label(button: InlineKeyboardButton, message: ChatMessage): string {
  return 'pay' in button && message.paid ? 'Paid' : button.text
}

/** The keyboard under the text box. */
export function replyKeyboard(
  { keyboard }: ReplyKeyboardMarkup,
  actions: { say: (text: string) => void; openApp: (place: { row: number; column: number }) => void },
): HTMLElement {
  const root = h('div', { class: 'reply-keyboard' })
  for (const [row, buttons] of keyboard.entries()) {
    const line = h('div', { class: 'button-row' })
    for (const [column, button] of buttons.entries()) {
      const text = typeof button === 'string' ? button : button.text
      const app = typeof button === 'object' && 'web_app' in button
      const onclick = () => (app ? actions.openApp({ row, column }) : actions.say(text))
      line.append(h('button', { type: 'button', class: 'reply-button', onclick }, text))
    }
    root.append(line)
  }
  return root
}

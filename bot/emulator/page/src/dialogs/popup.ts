import { h } from '../dom.ts'
import { type DialogPlace, showDialog } from './show-dialog.ts'

interface PopupButton {
  id?: string
  type?: 'default' | 'destructive' | 'ok' | 'close' | 'cancel'
  text?: string
}

export interface PopupParams {
  title?: string
  message: string
  buttons?: PopupButton[]
}

const FIXED = { ok: 'OK', close: 'Close', cancel: 'Cancel' }

/** Telegram's native popup; settles with the id of the pressed button, undefined when it was dismissed. */
export function popup(
  { title, message, buttons = [] }: PopupParams,
  over: DialogPlace,
): Promise<string | undefined> {
  return showDialog<string | undefined>({ className: 'sheet popup', over, dismissed: undefined }, (close) => {
    const shown = buttons.length > 0 ? buttons : [{ type: 'close' as const }]
    const actions = shown.map((button) =>
      h(
        'button',
        {
          type: 'button',
          class: button.type === 'destructive' ? 'text-button destructive' : 'text-button',
          onclick: () => close(button.id ?? ''),
        },
        textOf(button),
      ),
    )
    return [
      title ? h('h2', {}, title) : '',
      h('p', {}, message),
      h('div', { class: 'popup-actions' }, ...actions),
    ]
  })
}

function textOf({ type = 'default', text }: PopupButton): string {
  return type === 'ok' || type === 'close' || type === 'cancel' ? FIXED[type] : (text ?? '')
}

/** A yes-or-no question. */
export async function ask(message: string, yes: string, over: DialogPlace): Promise<boolean> {
  const buttons: PopupButton[] = [
    { id: 'yes', text: yes },
    { id: 'no', type: 'cancel' },
  ]
  return (await popup({ message, buttons }, over)) === 'yes'
}

import { EmulatorError } from '../../../client.ts'
import { amountText } from '../chat/bubble.ts'
import { h, iconButton, toast } from '../dom.ts'
import { client, me } from '../session.ts'
import { type DialogPlace, showDialog } from './show-dialog.ts'

export type InvoiceStatus = 'paid' | 'cancelled' | 'failed'

/** The payment sheet for an invoice: play money. Settles when it is paid, has failed, or was closed. */
export async function paymentSheet(slug: string, botName: string, over: DialogPlace): Promise<InvoiceStatus> {
  const payer = me()
  const invoice = await client.invoice(slug).catch(() => undefined)
  if (!invoice) {
    toast('This invoice is unknown')
    return 'failed'
  }
  const price = amountText(invoice.total, invoice.currency)
  return showDialog<InvoiceStatus>({ className: 'sheet payment', over, dismissed: 'cancelled' }, (close) => {
    const confirm = h(
      'button',
      { type: 'button', class: 'primary', autofocus: true },
      `Confirm and pay ${price}`,
    )
    confirm.addEventListener('click', async () => {
      confirm.disabled = true
      confirm.textContent = 'Paying…'
      const result = await client.pay(payer.id, { slug }).catch((error: unknown) => failed(error))
      if (result.status === 'failed') toast(`Payment failed: ${result.error}`)
      close(result.status)
    })
    return [
      iconButton('close', 'Close', () => close('cancelled')),
      h('div', { class: 'star', 'aria-hidden': 'true' }, '⭐️'),
      h('h2', {}, 'Confirm your purchase'),
      h('p', {}, `Do you want to buy “${invoice.title}” in ${botName} for ${price}?`),
      h('p', { class: 'hint' }, invoice.description),
      confirm,
      h('p', { class: 'hint' }, 'Play money: nothing is charged.'),
    ]
  })
}

function failed(error: unknown): { status: 'failed'; error: string } {
  return { status: 'failed', error: error instanceof EmulatorError ? error.message : 'no connection' }
}

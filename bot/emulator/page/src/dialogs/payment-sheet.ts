import type { Invoice, PaymentResult } from '../../../client.ts'
import { amountText } from '../chat/bubble.ts'
import { h, iconButton, toast } from '../dom.ts'
import { client, me } from '../session.ts'
import { type DialogPlace, showDialog } from './show-dialog.ts'

export type InvoiceStatus = 'paid' | 'cancelled' | 'failed'

/** The payment sheet for an invoice: play money. Settles when it is paid, has failed, or was closed. */
export async function paymentSheet(slug: string, botName: string, over: DialogPlace): Promise<InvoiceStatus> {
  const invoice = await client.invoice(slug).catch(() => undefined)
  if (!invoice) {
    toast('This invoice is unknown')
    return 'failed'
  }
  const result = await confirmation(invoice, botName, over)
  if (result?.status === 'failed') toast(`Payment failed: ${result.error}`)
  return result?.status ?? 'cancelled'
}

/** Undefined when the sheet was closed without paying. */
function confirmation(
  invoice: Omit<Invoice, 'payload'>,
  botName: string,
  over: DialogPlace,
): Promise<PaymentResult | undefined> {
  const payer = me()
  const price = amountText(invoice.total, invoice.currency)
  const look = { className: 'sheet payment', over, dismissed: undefined }
  return showDialog<PaymentResult | undefined>(look, (close) => {
    const confirm = h(
      'button',
      { type: 'button', class: 'primary', autofocus: true },
      `Confirm and pay ${price}`,
    )
    confirm.addEventListener('click', async () => {
      confirm.disabled = true
      confirm.textContent = 'Paying…'
      close(await client.pay(payer.id, { slug: invoice.slug }).catch(failure))
    })
    return [
      iconButton('close', 'Close', () => close(undefined)),
      h('div', { class: 'star', 'aria-hidden': 'true' }, '⭐️'),
      h('h2', {}, 'Confirm your purchase'),
      h('p', {}, `Do you want to buy “${invoice.title}” in ${botName} for ${price}?`),
      h('p', { class: 'hint' }, invoice.description),
      confirm,
      h('p', { class: 'hint' }, 'Play money: nothing is charged.'),
    ]
  })
}

function failure(error: unknown): PaymentResult {
  return { status: 'failed', error: error instanceof Error ? error.message : 'no connection' }
}

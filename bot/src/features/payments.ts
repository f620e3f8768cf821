import { findInvoice } from '@botdeck/shared/actions/payments'
import { personOf } from '@botdeck/shared/actions/people'
import {
  approveCheckout,
  type CheckoutRefusal,
  completePurchase,
  refundPurchase,
} from '@botdeck/shared/actions/purchases'
import { Composer } from 'grammy'
import type { SuccessfulPayment } from 'grammy/types'
import type { BotContext } from '../context.ts'
import type { Scene } from '../inbox/update-run.ts'
import { menuKeyboard } from '../keyboards.ts'
import type { TextKey } from '../texts.ts'

const refusalTexts: Record<CheckoutRefusal, TextKey> = {
  unknown_invoice: 'checkout-unknown',
  already_paid: 'checkout-paid',
  no_longer_sold: 'error-package-gone',
  price_changed: 'checkout-price',
}

/** What Telegram says of money: may it be paid, it was paid, it was given back. */
export function payments(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('pre_checkout_query', async (ctx) => {
    const { invoice_payload: invoiceId, total_amount: amount, currency } = ctx.preCheckoutQuery
    const { refusal } = await ctx.act(async ({ tx, person, at }) => ({
      refusal: await approveCheckout(tx, { uid: person.uid, invoiceId, amount, currency, at }),
    }))
    if (refusal === null) await ctx.answerPreCheckoutQuery(true)
    else await ctx.answerPreCheckoutQuery(false, ctx.plain(refusalTexts[refusal]))
  })
  composer.on('message:successful_payment', async (ctx) => {
    const { credits, balance } = await ctx.act((scene) => receive(scene, ctx.message.successful_payment))
    const text = ctx.html('payment-thanks', { count: credits, balance })
    await ctx.reply(text, { reply_markup: menuKeyboard(ctx.run.locale) })
  })
  composer.on('message:refunded_payment', async (ctx) => {
    const chargeId = ctx.message.refunded_payment.telegram_payment_charge_id
    const { taken, balance } = await ctx.act(async ({ tx, person, at }) => {
      const taken = (await refundPurchase(tx, { uid: person.uid, chargeId, at })) ?? 0
      return { taken, balance: (await personOf(tx, person.uid)).credits ?? 0 }
    })
    await ctx.reply(ctx.html('payment-refunded', { count: taken, balance }))
  })
  return composer
}

/** Money that arrived is recorded whatever it was for: an invoice that we do not know names the package itself. */
async function receive({ tx, person, at }: Scene, payment: SuccessfulPayment) {
  const { uid } = person
  const { invoice_payload: payload, currency, total_amount: amount } = payment
  const invoice = await findInvoice(tx, uid, payload)
  return completePurchase(tx, {
    uid,
    at,
    amount,
    currency,
    packageId: invoice?.packageId ?? payload,
    invoiceId: invoice ? payload : undefined,
    method: currency === 'XTR' ? 'stars' : 'provider',
    chargeId: payment.telegram_payment_charge_id,
    recurring: payment.is_recurring === true && payment.is_first_recurring !== true,
    subscriptionUntil: payment.subscription_expiration_date && payment.subscription_expiration_date * 1000,
  })
}

import { AppError } from '#contract/errors'
import type { Tx } from '#db/db'
import { type CataloguePackage, sellablePackage } from './catalogue.ts'
import { changeCredits } from './credits.ts'
import {
  type Charge,
  findInvoice,
  findPayment,
  type Payment,
  recordInvoice,
  recordPayment,
  recordPreCheckout,
  recordRefund,
  recordUnpaid,
} from './payments.ts'
import { personOf } from './people.ts'
import { track } from './track.ts'

/*
 * What the bot's store does: payments with the credits they bring and the events they leave. Events posted by other
 * bots move payments alone (`ingest.ts`); our ledger is for our own credits.
 */

/** Sends a package to the till. Throws `not_found` where it is no longer sold. */
export async function orderPackage(
  tx: Tx,
  order: { uid: number; packageId: string; invoiceId: string; at: number },
): Promise<{ payment: Payment; offer: CataloguePackage }> {
  const offer = await sellablePackage(tx, order.packageId)
  const { amount, currency } = offer
  const payment = await recordInvoice(tx, { ...order, amount, currency })
  const props = { packageId: offer.id, amount, currency, invoiceId: order.invoiceId, method: payment.method }
  await track(tx, [
    { uid: order.uid, type: 'invoice_sent', at: order.at, id: `invoice:${order.invoiceId}`, props },
  ])
  return { payment, offer }
}

/** Why a pre-checkout is refused. */
export type CheckoutRefusal = 'unknown_invoice' | 'already_paid' | 'no_longer_sold' | 'price_changed'

/**
 * The client asks whether the invoice may be paid. A refusal is recorded as a failed attempt with its reason.
 * @returns null when it may be paid
 */
export async function approveCheckout(
  tx: Tx,
  checkout: { uid: number; invoiceId: string; amount: number; currency: string; at: number },
): Promise<CheckoutRefusal | null> {
  const { uid, invoiceId, at } = checkout
  const payment = await findInvoice(tx, uid, invoiceId)
  if (!payment) return 'unknown_invoice'
  const refusal = await refusalOf(tx, payment, checkout)
  if (refusal === null) {
    await recordPreCheckout(tx, payment, at)
    return null
  }
  if (refusal === 'already_paid') return refusal
  const { packageId, amount, currency, method } = payment
  await recordUnpaid(
    tx,
    { uid, packageId, amount, currency, invoiceId, at },
    { status: 'failed', reason: refusal },
  )
  const props = { packageId, reason: refusal, invoiceId, method }
  await track(tx, [{ uid, type: 'payment_failed', at, id: `checkout:${invoiceId}:${at}`, props }])
  return refusal
}

async function refusalOf(
  tx: Tx,
  payment: Payment,
  asked: { amount: number; currency: string },
): Promise<CheckoutRefusal | null> {
  if (payment.status === 'succeeded' || payment.status === 'refunded') return 'already_paid'
  const offer = await sellablePackage(tx, payment.packageId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  })
  if (!offer) return 'no_longer_sold'
  const same = offer.amount === asked.amount && offer.currency === asked.currency
  return same && payment.amount === asked.amount ? null : 'price_changed'
}

/**
 * Money arrived for a package: the payment, its credits and its event, together. A repeated charge gives nothing more.
 * @returns the credits of the package and the balance after them
 */
export async function completePurchase(
  tx: Tx,
  charge: Charge,
): Promise<{ credits: number; balance: number; repeated: boolean }> {
  const { payment, repeated } = await recordPayment(tx, charge)
  const credits = await creditsOf(tx, payment)
  const key = `payment:${charge.chargeId}`
  const change = { uid: payment.uid, reason: 'purchase' as const, key, at: charge.at, paymentId: payment.id }
  const balance =
    credits > 0
      ? await changeCredits(tx, { ...change, delta: credits })
      : ((await personOf(tx, payment.uid)).credits ?? 0)
  const { packageId, amount, currency, invoiceId, chargeId, method, recurring } = payment
  const props = {
    packageId,
    amount,
    currency,
    chargeId,
    method,
    ...(invoiceId === null ? {} : { invoiceId }),
  }
  const event = { type: 'payment_completed', id: `charge:${chargeId}`, props: { ...props, recurring } }
  if (!repeated) await track(tx, [{ uid: payment.uid, at: charge.at, ...event }])
  return { credits, balance, repeated }
}

async function creditsOf(tx: Tx, payment: Payment): Promise<number> {
  const { packages } = tx.t
  const rows = await tx.orm.select().from(packages)
  return rows.find((row) => row.id === payment.packageId)?.credits ?? 0
}

/** The person closed the invoice or pressed cancel. */
export async function cancelPurchase(
  tx: Tx,
  cancel: { uid: number; invoiceId: string; at: number },
): Promise<boolean> {
  const { uid, invoiceId, at } = cancel
  const payment = await findInvoice(tx, uid, invoiceId)
  if (!payment || payment.succeededAt !== null || payment.cancelledAt !== null) return false
  const { packageId, amount, currency } = payment
  await recordUnpaid(tx, { uid, packageId, amount, currency, invoiceId, at }, { status: 'cancelled' })
  const props = { packageId, invoiceId }
  await track(tx, [{ uid, type: 'payment_cancelled', at, id: `cancel:${invoiceId}`, props }])
  return true
}

/**
 * Telegram gave a payment back: the payment is refunded, and as many of its credits as are left are taken back.
 * @returns the credits taken back; null where the refund was known or waits for its payment
 */
export async function refundPurchase(
  tx: Tx,
  refund: { uid: number; chargeId: string; at: number },
): Promise<number | null> {
  const payment = await recordRefund(tx, refund)
  const known = payment ?? (await findPayment(tx, refund.chargeId))
  const uid = known?.uid ?? refund.uid
  const props = { chargeId: refund.chargeId }
  await track(tx, [{ uid, type: 'payment_refunded', at: refund.at, id: `refund:${refund.chargeId}`, props }])
  if (!payment) return null
  const person = await personOf(tx, payment.uid)
  const taken = Math.min(person.credits ?? 0, await creditsOf(tx, payment))
  if (taken === 0) return 0
  await changeCredits(tx, {
    uid: payment.uid,
    delta: -taken,
    reason: 'refund',
    key: `refund:${refund.chargeId}`,
    at: refund.at,
    paymentId: payment.id,
  })
  return taken
}

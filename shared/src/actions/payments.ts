import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'
import type { PaymentStatus } from '#db/tables/money'
import { convert, toUsd } from '#domain/money'
import { ensurePackage } from './catalogue.ts'
import { recomputeLifetimeValue } from './lifetime-value.ts'
import { markReferralPaid } from './referrals.ts'
import { readSettings } from './settings.ts'

export type Payment = Tables['payments']['$inferSelect']

/** What an invoice, an attempt or a payment is for. Amounts in minor units. */
export interface Order {
  uid: number
  packageId: string
  amount: number
  currency: string
  method?: string | undefined
  /** The invoice it belongs to; the bot's own always have one. */
  invoiceId?: string | undefined
  at: number
}

const unpaid: PaymentStatus[] = ['invoiced', 'pre_checkout', 'failed', 'cancelled', 'expired']
const waiting: PaymentStatus[] = ['invoiced', 'pre_checkout']
const invoiceLifeMs = 24 * 3_600_000

async function ofInvoice(
  db: Queryable,
  uid: number,
  invoiceId: string | undefined,
): Promise<Payment | undefined> {
  if (invoiceId === undefined) return undefined
  const { payments } = db.t
  const [row] = await db.orm
    .select()
    .from(payments)
    .where(and(eq(payments.uid, uid), eq(payments.invoiceId, invoiceId)))
  return row
}

/** The payment with this charge id. */
export async function findPayment(db: Queryable, chargeId: string): Promise<Payment | undefined> {
  const [row] = await db.orm.select().from(db.t.payments).where(eq(db.t.payments.chargeId, chargeId))
  return row
}

/** The payment that an invoice of this person began. */
export async function findInvoice(
  db: Queryable,
  uid: number,
  invoiceId: string,
): Promise<Payment | undefined> {
  return ofInvoice(db, uid, invoiceId)
}

async function insert(
  tx: Tx,
  order: Order,
  state: Partial<Payment> & { status: PaymentStatus },
): Promise<Payment> {
  await ensurePackage(tx, order.packageId)
  const { uid, packageId, amount, currency, method, invoiceId } = order
  const [row] = await tx.orm
    .insert(tx.t.payments)
    .values({
      uid,
      packageId,
      amount,
      currency,
      method: method ?? 'stars',
      invoiceId: invoiceId ?? null,
      ...state,
    })
    .returning()
  if (!row) throw new Error('the payment was not stored')
  return row
}

async function update(tx: Tx, payment: Payment, changed: Partial<Payment>): Promise<Payment> {
  const [row] = await tx.orm
    .update(tx.t.payments)
    .set(changed)
    .where(eq(tx.t.payments.id, payment.id))
    .returning()
  if (!row) throw new Error('the payment is gone')
  return row
}

/**
 * An invoice was sent; of one that comes twice the earlier holds. It says what its row is for, unless it was paid:
 * an attempt that arrived before it knew neither price nor currency, a payment knows better.
 */
export async function recordInvoice(tx: Tx, order: Order): Promise<Payment> {
  const known = await ofInvoice(tx, order.uid, order.invoiceId)
  if (!known) return insert(tx, order, { status: 'invoiced', invoicedAt: order.at })
  if (known.invoicedAt !== null && known.invoicedAt <= order.at) return known
  if (known.succeededAt !== null) return update(tx, known, { invoicedAt: order.at })
  const { packageId, amount, currency } = order
  await ensurePackage(tx, packageId)
  return update(tx, known, { invoicedAt: order.at, packageId, amount, currency })
}

/** The client asked whether the invoice may be paid, and we said yes. */
export async function recordPreCheckout(tx: Tx, payment: Payment, at: number): Promise<void> {
  if (unpaid.includes(payment.status))
    await update(tx, payment, { status: 'pre_checkout', preCheckoutAt: at })
}

/**
 * An attempt ended without payment: we or the provider refused (`failed`), or the person gave up (`cancelled`).
 * A payment that succeeded stays what it is, whatever arrives after it.
 */
export async function recordUnpaid(
  tx: Tx,
  order: Order,
  end: { status: 'failed' | 'cancelled'; reason?: string | undefined },
): Promise<void> {
  const ended = {
    status: end.status,
    reason: end.reason ?? null,
    ...(end.status === 'failed' ? { failedAt: order.at } : { cancelledAt: order.at }),
  }
  const known = await ofInvoice(tx, order.uid, order.invoiceId)
  if (!known) await insert(tx, order, ended)
  else if (unpaid.includes(known.status)) await update(tx, known, ended)
}

export interface Charge extends Order {
  chargeId: string
  recurring?: boolean | undefined
  subscriptionUntil?: number | undefined
}

/** Value in the reporting currency and in US cents, at the rates of this moment. */
async function valued(tx: Tx, order: Order) {
  const { currency, rates } = await readSettings(tx)
  return {
    reportingAmount: convert(order, currency, rates),
    reportingCurrency: currency,
    usdCents: toUsd(order, rates),
  }
}

/**
 * Money arrived. One charge is one payment: a second message about it changes nothing. An invoice that was paid
 * before keeps its first payment, and the second charge stands by itself.
 * @returns the payment, and whether it was known already
 */
export async function recordPayment(
  tx: Tx,
  charge: Charge,
): Promise<{ payment: Payment; repeated: boolean }> {
  const before = await findPayment(tx, charge.chargeId)
  if (before) return { payment: before, repeated: true }
  const paid = {
    status: 'succeeded' as const,
    chargeId: charge.chargeId,
    succeededAt: charge.at,
    packageId: charge.packageId,
    amount: charge.amount,
    currency: charge.currency,
    recurring: charge.recurring ?? false,
    subscriptionUntil: charge.subscriptionUntil ?? null,
    ...(await valued(tx, charge)),
  }
  const invoice = await ofInvoice(tx, charge.uid, charge.invoiceId)
  const open = invoice !== undefined && unpaid.includes(invoice.status)
  if (open) await ensurePackage(tx, charge.packageId)
  const payment = open
    ? await update(tx, invoice, paid)
    : await insert(tx, invoice ? { ...charge, invoiceId: undefined } : charge, paid)
  await markReferralPaid(tx, charge.uid, charge.at)
  const refunded = await takeWaitingRefund(tx, payment)
  await recomputeLifetimeValue(tx, charge.uid)
  return { payment: refunded ?? payment, repeated: false }
}

async function takeWaitingRefund(tx: Tx, payment: Payment): Promise<Payment | undefined> {
  const { waitingRefunds } = tx.t
  const chargeId = payment.chargeId ?? ''
  const [row] = await tx.orm.delete(waitingRefunds).where(eq(waitingRefunds.chargeId, chargeId)).returning()
  return row && update(tx, payment, { status: 'refunded', refundedAt: row.at })
}

async function waitForPayment(tx: Tx, refund: { chargeId: string; at: number }): Promise<void> {
  const { waitingRefunds } = tx.t
  await tx.orm
    .insert(waitingRefunds)
    .values(refund)
    .onConflictDoUpdate({
      target: waitingRefunds.chargeId,
      set: { at: refund.at },
      setWhere: gt(waitingRefunds.at, refund.at),
    })
}

/**
 * A payment was given back, whole. One that comes before its payment waits for it; of one that comes twice the earlier
 * dates it.
 * @returns the payment now refunded; null where it waits or was refunded before
 */
export async function recordRefund(
  tx: Tx,
  refund: { chargeId: string; at: number },
): Promise<Payment | null> {
  const payment = await findPayment(tx, refund.chargeId)
  if (!payment) {
    await waitForPayment(tx, refund)
    return null
  }
  if (payment.refundedAt !== null) {
    if (refund.at < payment.refundedAt) await update(tx, payment, { refundedAt: refund.at })
    return null
  }
  const refunded = await update(tx, payment, { status: 'refunded', refundedAt: refund.at })
  await recomputeLifetimeValue(tx, payment.uid)
  return refunded
}

/** Invoices that nobody paid within 24 hours. A later payment still succeeds. */
export async function expireInvoices(tx: Tx, now: number): Promise<number> {
  const { payments } = tx.t
  const rows = await tx.orm
    .update(payments)
    .set({ status: 'expired', expiredAt: now })
    .where(
      and(
        inArray(payments.status, waiting),
        lt(payments.invoicedAt, now - invoiceLifeMs),
        isNull(payments.succeededAt),
      ),
    )
    .returning({ id: payments.id })
  return rows.length
}

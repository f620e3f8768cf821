import { and, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'
import type { PaymentStatus } from '#db/tables/money'
import { convert, toUsd } from '#domain/money'
import { defaultMethod, invoiceLifeMs, lastEndOf, unpaidStatus } from '#domain/payment-state'
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
  /** How it was or is to be paid; where nobody says, that of the currency. */
  method?: string | undefined
  /** The invoice it belongs to; the bot's own always have one. */
  invoiceId?: string | undefined
  at: number
}

const waiting: PaymentStatus[] = ['invoiced', 'pre_checkout']

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
      method: method ?? defaultMethod(currency),
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

/** Whether an attempt said how it was to be paid, which is more than its invoice knows. */
function attemptSaysMethod({ failedAt, method, currency }: Payment): boolean {
  return failedAt !== null && method !== defaultMethod(currency)
}

/**
 * An invoice was sent; of one that comes twice the earlier holds. It says what its row is for, unless it was paid:
 * an attempt that arrived before it knew neither price nor currency, a payment knows better.
 */
export async function recordInvoice(tx: Tx, order: Order): Promise<Payment> {
  const { packageId, amount, currency, at } = order
  const known = await ofInvoice(tx, order.uid, order.invoiceId)
  if (!known) return insert(tx, order, { status: 'invoiced', invoicedAt: at })
  if (known.invoicedAt !== null && known.invoicedAt <= at) return known
  if (known.succeededAt !== null) return update(tx, known, { invoicedAt: at })
  await ensurePackage(tx, packageId)
  const expiredAt = known.expiredAt === null ? null : at + invoiceLifeMs
  const method = attemptSaysMethod(known) ? known.method : (order.method ?? defaultMethod(currency))
  return update(tx, known, { invoicedAt: at, expiredAt, packageId, amount, currency, method })
}

/** Changes what is known of an unpaid invoice, and its state with it. */
async function updateUnpaid(tx: Tx, known: Payment, changed: Partial<Payment>): Promise<Payment> {
  const status = unpaidStatus({ ...known, ...changed })
  const expiredAt = status === 'expired' ? known.expiredAt : null
  return update(tx, known, { ...changed, status, expiredAt })
}

/** The client asked whether the invoice may be paid, and we said yes. */
export async function recordPreCheckout(tx: Tx, payment: Payment, at: number): Promise<void> {
  if (payment.succeededAt === null) await updateUnpaid(tx, payment, { preCheckoutAt: at })
}

/** How an attempt ended. */
export interface UnpaidEnd {
  status: 'failed' | 'cancelled'
  /** Why it failed. */
  reason?: string | undefined
}

/** The instant of an end, and why; nothing where a later one of its kind is known. */
function endedBy(known: Payment | undefined, at: number, { status, reason }: UnpaidEnd): Partial<Payment> {
  const before = (status === 'failed' ? known?.failedAt : known?.cancelledAt) ?? null
  if (before !== null && at < before) return {}
  return status === 'failed' ? { failedAt: at, reason: reason ?? null } : { cancelledAt: at }
}

/** What the latest attempt says of an unpaid row: the method, and where no invoice is known what it was for. */
async function attemptedBy(tx: Tx, known: Payment, order: Order): Promise<Partial<Payment>> {
  const latest = order.at >= (lastEndOf(known) ?? order.at)
  const heard = latest || !attemptSaysMethod(known)
  const said = { method: (heard ? order.method : undefined) ?? known.method }
  if (!latest || known.invoicedAt !== null) return said
  await ensurePackage(tx, order.packageId)
  const { packageId, amount, currency } = order
  return { packageId, amount, currency, ...said }
}

/**
 * An attempt ended without payment: we or the provider refused (`failed`), or the person gave up (`cancelled`). The
 * latest end is the state. A payment that succeeded stays what it is, whatever arrives after it.
 */
export async function recordUnpaid(tx: Tx, order: Order, end: UnpaidEnd): Promise<void> {
  const known = await ofInvoice(tx, order.uid, order.invoiceId)
  const ended = endedBy(known, order.at, end)
  if (!known) await insert(tx, order, { status: end.status, ...ended })
  else if (known.succeededAt !== null) await update(tx, known, ended)
  else await updateUnpaid(tx, known, { ...(await attemptedBy(tx, known, order)), ...ended })
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

/** What a row knows of the invoice that it began as. */
function invoicePart({ invoiceId, invoicedAt, preCheckoutAt, failedAt, cancelledAt, reason }: Payment) {
  return { invoiceId, invoicedAt, preCheckoutAt, failedAt, cancelledAt, reason }
}

const noInvoice = {
  invoiceId: null,
  invoicedAt: null,
  preCheckoutAt: null,
  failedAt: null,
  cancelledAt: null,
  reason: null,
}

/** Stores a charge with its invoice. Of several charges of one invoice the first has it; the others stand alone. */
async function store(
  tx: Tx,
  charge: Charge,
  paid: Partial<Payment> & { status: PaymentStatus },
): Promise<Payment> {
  const known = await ofInvoice(tx, charge.uid, charge.invoiceId)
  if (!known) return insert(tx, charge, paid)
  await ensurePackage(tx, charge.packageId)
  const method = charge.method ?? defaultMethod(charge.currency)
  if (known.succeededAt === null) return update(tx, known, { ...paid, method, expiredAt: null })
  const alone = { ...charge, invoiceId: undefined }
  const later = charge.at - known.succeededAt
  if (later > 0 || (later === 0 && charge.chargeId > (known.chargeId ?? ''))) return insert(tx, alone, paid)
  await update(tx, known, noInvoice)
  return insert(tx, alone, { ...paid, ...invoicePart(known) })
}

/**
 * Money arrived. One charge is one payment: a second message about it changes nothing. It says itself what it was for
 * and how it was paid, whatever its invoice said.
 * @returns the payment, and whether it was known already
 */
export async function recordPayment(
  tx: Tx,
  charge: Charge,
): Promise<{ payment: Payment; repeated: boolean }> {
  const before = await findPayment(tx, charge.chargeId)
  if (before) return { payment: before, repeated: true }
  const payment = await store(tx, charge, {
    status: 'succeeded',
    chargeId: charge.chargeId,
    succeededAt: charge.at,
    packageId: charge.packageId,
    amount: charge.amount,
    currency: charge.currency,
    recurring: charge.recurring ?? false,
    subscriptionUntil: charge.subscriptionUntil ?? null,
    ...(await valued(tx, charge)),
  })
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
    .set({ status: 'expired', expiredAt: sql`${payments.invoicedAt} + ${invoiceLifeMs}` })
    .where(
      and(
        inArray(payments.status, waiting),
        lte(payments.invoicedAt, now - invoiceLifeMs),
        isNull(payments.succeededAt),
      ),
    )
    .returning({ id: payments.id })
  return rows.length
}

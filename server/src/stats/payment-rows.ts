import type { Settings } from '@botdeck/shared/actions/settings'
import type { PaymentStatus } from '@botdeck/shared/db/tables/money'
import type { Range } from '@botdeck/shared/domain/range'
import { and, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { View } from './view.ts'

/** What stats look at of a payment or of the invoice it began as. Instants in ms, amounts in minor units. */
export interface PaymentRow {
  id: number
  uid: number
  packageId: string
  status: PaymentStatus
  amount: number
  currency: string
  method: string
  /** Why the latest attempt failed. */
  reason: string | null
  subscriptionUntil: number | null
  reportingAmount: number | null
  reportingCurrency: string | null
  usdCents: number | null
  invoicedAt: number | null
  failedAt: number | null
  cancelledAt: number | null
  succeededAt: number | null
  refundedAt: number | null
}

/** Which payments are read. */
export interface PaymentQuery {
  includeStaff: boolean | undefined
  /** Those invoiced, paid or refunded in `[from, to)` ms. */
  range?: Range | undefined
  /** Those that failed or were cancelled in the range as well; no index tells them. */
  withUnpaid?: boolean
  /** Subscriptions alone. */
  subscriptions?: boolean
}

/** Payments, without those of staff unless they are asked for. */
export async function readPayments(view: View, asked: PaymentQuery): Promise<PaymentRow[]> {
  const { payments, personStates } = view.db.t
  const { range } = asked
  const { invoicedAt, failedAt, cancelledAt, succeededAt, refundedAt } = payments
  const unpaid = asked.withUnpaid ? [failedAt, cancelledAt] : []
  const instants = [invoicedAt, succeededAt, refundedAt, ...unpaid]
  const inRange = range && instants.map((at) => sql`(${at} >= ${range.from} and ${at} < ${range.to})`)
  const rows = await view.db.orm
    .select({
      staff: personStates.staff,
      id: payments.id,
      uid: payments.uid,
      packageId: payments.packageId,
      status: payments.status,
      method: payments.method,
      reason: payments.reason,
      subscriptionUntil: payments.subscriptionUntil,
      usdCents: payments.usdCents,
      failedAt,
      cancelledAt,
      amount: payments.amount,
      currency: payments.currency,
      reportingAmount: payments.reportingAmount,
      reportingCurrency: payments.reportingCurrency,
      invoicedAt,
      succeededAt,
      refundedAt,
    })
    .from(payments)
    .leftJoin(personStates, eq(personStates.uid, payments.uid))
    .where(
      and(inRange && or(...inRange), asked.subscriptions ? isNotNull(payments.subscriptionUntil) : undefined),
    )
    .orderBy(payments.id)
  return rows.filter(({ staff }) => asked.includeStaff === true || staff !== true)
}

/**
 * The value of a payment in the reporting currency, as it was stored at the time of payment; null where there was no
 * rate. One in the reporting currency itself needs none; US dollars are stored of every payment.
 */
export function reportingValue(
  { amount, currency, reportingAmount, reportingCurrency, usdCents }: PaymentRow,
  settings: Pick<Settings, 'currency'>,
): number | null {
  if (currency === settings.currency) return amount
  if (reportingCurrency === settings.currency) return reportingAmount
  return settings.currency === 'USD' ? usdCents : null
}

/**
 * What a payment is worth in the currency of an answer: the one asked for, unconverted, else the reporting currency; null
 * where it is in none of that currency's figures.
 */
export function valueIn(
  { settings }: View,
  currency: string | undefined,
): (payment: PaymentRow) => number | null {
  if (currency === undefined) return (payment) => reportingValue(payment, settings)
  return (payment) => (payment.currency === currency ? payment.amount : null)
}

/** The signed changes of revenue that a payment made: gross when it succeeded, and the same back when it was refunded. */
export function revenueOf(payment: PaymentRow, value: number): { at: number; amount: number }[] {
  const { succeededAt, refundedAt } = payment
  return [
    ...(succeededAt === null ? [] : [{ at: succeededAt, amount: value }]),
    ...(refundedAt === null ? [] : [{ at: refundedAt, amount: -value }]),
  ]
}

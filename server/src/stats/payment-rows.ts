import type { Settings } from '@botdeck/shared/actions/settings'
import type { PaymentStatus } from '@botdeck/shared/db/tables/money'
import type { Range } from '@botdeck/shared/domain/range'
import { type SQL, sql } from 'drizzle-orm'
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
  /** Null until it is paid. */
  chargeId: string | null
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
  /** Of those of the range, the paid and refunded ones alone: most invoices are never paid. */
  moneyOnly?: boolean
  /** Those that failed or were cancelled in the range as well; no index tells them. */
  withUnpaid?: boolean
  /** Subscriptions alone. */
  subscriptions?: boolean
}

/** What is asked for, as a condition on rows of `payments`. */
function asCondition({ range, moneyOnly, withUnpaid, subscriptions, includeStaff }: PaymentQuery): SQL {
  const { from, to } = range ?? { from: 0, to: 0 }
  const unpaid = withUnpaid ? [sql`p.failed_at`, sql`p.cancelled_at`] : []
  const invoiced = moneyOnly ? [] : [sql`p.invoiced_at`]
  const instants = [...invoiced, sql`p.succeeded_at`, sql`p.refunded_at`, ...unpaid]
  const inRange = instants.map((at) => sql`(${at} >= ${from} and ${at} < ${to})`)
  const parts = [
    ...(range ? [sql`(${sql.join(inRange, sql` or `)})`] : []),
    ...(subscriptions ? [sql`p.subscription_until is not null`] : []),
    ...(includeStaff ? [] : [sql`(s.staff is null or not s.staff)`]),
  ]
  return parts.length === 0 ? sql`1 = 1` : sql.join(parts, sql` and `)
}

/**
 * Payments, without those of staff unless they are asked for.
 * @NOTE Plain SQL, because mapping rows to columns takes longer than reading them.
 */
export function readPayments(view: View, asked: PaymentQuery): Promise<PaymentRow[]> {
  const { payments, personStates } = view.db.t
  return view.db.all<PaymentRow>(sql`
    select p.id, p.uid, p.package_id as "packageId", p.status, p.amount, p.currency, p.method, p.reason,
      p.charge_id as "chargeId", p.subscription_until as "subscriptionUntil",
      p.reporting_amount as "reportingAmount", p.reporting_currency as "reportingCurrency", p.usd_cents as "usdCents",
      p.invoiced_at as "invoicedAt", p.failed_at as "failedAt", p.cancelled_at as "cancelledAt",
      p.succeeded_at as "succeededAt", p.refunded_at as "refundedAt"
    from ${payments} p left join ${personStates} s on s.uid = p.uid
    where ${asCondition(asked)} order by p.id`)
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

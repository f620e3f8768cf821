import type { Settings } from '@botdeck/shared/actions/settings'
import type { Range } from '@botdeck/shared/domain/range'
import { eq, or, sql } from 'drizzle-orm'
import type { View } from './view.ts'

/** What stats look at of a payment or of the invoice it began as. Instants in ms, amounts in minor units. */
export interface PaymentRow {
  id: number
  uid: number
  packageId: string
  amount: number
  currency: string
  reportingAmount: number | null
  reportingCurrency: string | null
  invoicedAt: number | null
  succeededAt: number | null
  refundedAt: number | null
}

/** Payments of whom staff are left out of unless asked for; in `[from, to)` ms by any of their instants where given. */
export async function readPayments(
  view: View,
  asked: { includeStaff: boolean | undefined; range?: Range | undefined },
): Promise<PaymentRow[]> {
  const { payments, personStates } = view.db.t
  const { range } = asked
  const instants = [payments.invoicedAt, payments.succeededAt, payments.refundedAt]
  const inRange = range && instants.map((at) => sql`(${at} >= ${range.from} and ${at} < ${range.to})`)
  const rows = await view.db.orm
    .select({
      staff: personStates.staff,
      id: payments.id,
      uid: payments.uid,
      packageId: payments.packageId,
      amount: payments.amount,
      currency: payments.currency,
      reportingAmount: payments.reportingAmount,
      reportingCurrency: payments.reportingCurrency,
      invoicedAt: payments.invoicedAt,
      succeededAt: payments.succeededAt,
      refundedAt: payments.refundedAt,
    })
    .from(payments)
    .leftJoin(personStates, eq(personStates.uid, payments.uid))
    .where(inRange && or(...inRange))
    .orderBy(payments.id)
  return rows.filter(({ staff }) => asked.includeStaff === true || staff !== true)
}

/**
 * The value of a payment in the reporting currency, as it was stored at the time of payment; null where there was no
 * rate. One in the reporting currency itself needs none.
 */
export function reportingValue(
  { amount, currency, reportingAmount, reportingCurrency }: PaymentRow,
  settings: Pick<Settings, 'currency'>,
): number | null {
  if (currency === settings.currency) return amount
  return reportingCurrency === settings.currency ? reportingAmount : null
}

/** The signed changes of revenue that a payment made: gross when it succeeded, and the same back when it was refunded. */
export function revenueOf(payment: PaymentRow, value: number): { at: number; amount: number }[] {
  const { succeededAt, refundedAt } = payment
  return [
    ...(succeededAt === null ? [] : [{ at: succeededAt, amount: value }]),
    ...(refundedAt === null ? [] : [{ at: refundedAt, amount: -value }]),
  ]
}

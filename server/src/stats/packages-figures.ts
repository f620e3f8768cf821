import { convert } from '@botdeck/shared/domain/money'
import type { Range } from '@botdeck/shared/domain/range'
import { type PaymentRow, reportingValue } from './payment-rows.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

/** The place of the total row; packages have the places after it. */
export const totalPlace = 0

/** Whose figures are asked for: those of one currency unconverted, or with null all that have a reporting value. */
export type Currency = string | null

/** Value of a payment in the figures asked for; null where it is not in them. */
function valueOf(view: View, payment: PaymentRow, currency: Currency): number | null {
  if (currency === null) return reportingValue(payment, view.settings)
  return payment.currency === currency ? payment.amount : null
}

/** An invoice is in the figures that its payment is in, or would be in. */
function hasInvoice(view: View, invoice: PaymentRow, currency: Currency): boolean {
  if (currency !== null || invoice.succeededAt !== null) return valueOf(view, invoice, currency) !== null
  return convert(invoice, view.settings.currency, view.settings.rates) !== null
}

/** The first purchase ever of everybody, in any currency; of those of one instant the one stored first. */
function firstPurchases(payments: readonly PaymentRow[]): Set<number> {
  const first = new Map<number, PaymentRow>()
  for (const payment of payments) {
    const known = first.get(payment.uid)
    if (
      payment.succeededAt !== null &&
      payment.succeededAt < (known?.succeededAt ?? Number.POSITIVE_INFINITY)
    )
      first.set(payment.uid, payment)
  }
  return new Set([...first.values()].map(({ id }) => id))
}

/**
 * Reports every payment, of people who count, at its package's place and at the total: `invoices` by the time they were
 * sent and `paid` of them whenever that was, `purchases` and `gross` by the time of payment, `refunds` by that of refund,
 * `buyers` and `firstTimeBuyers` once a person. Money is the amount of `gross` and `refundedAmount`.
 */
export function tallySales(
  view: View,
  payments: readonly PaymentRow[],
  to: { range: Range; currency: Currency; placeOf: ReadonlyMap<string, number>; tally: Tally },
): void {
  const { range, currency, placeOf, tally } = to
  const inRange = (at: number | null) => at !== null && at >= range.from && at < range.to
  const first = firstPurchases(payments)
  const once = new Set<string>()
  for (const payment of payments) {
    const { uid } = payment
    const places = [totalPlace, placeOf.get(payment.packageId) ?? totalPlace]
    const value = valueOf(view, payment, currency)
    for (const place of places) {
      const addOnce = (figure: string) => {
        const key = `${figure} ${place} ${uid}`
        if (!once.has(key)) tally.add(figure, place, uid)
        once.add(key)
      }
      if (inRange(payment.invoicedAt) && hasInvoice(view, payment, currency)) {
        tally.add('invoices', place, uid)
        if (payment.succeededAt !== null) tally.add('paid', place, uid)
      }
      if (value !== null && inRange(payment.succeededAt)) {
        tally.add('purchases', place, uid)
        tally.add('gross', place, uid, value)
        addOnce('buyers')
        if (first.has(payment.id)) addOnce('firstTimeBuyers')
      }
      if (value === null || !inRange(payment.refundedAt)) continue
      tally.add('refunds', place, uid)
      tally.add('refundedAmount', place, uid, value)
    }
  }
}

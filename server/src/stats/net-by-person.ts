import { readPayments, reportingValue, revenueOf } from './payment-rows.ts'
import type { View } from './view.ts'

/** What each person has brought up to now, in the reporting currency: gross less refunds, of payments that have a value in it. */
export async function netByPerson(
  view: View,
  includeStaff: boolean | undefined,
): Promise<Map<number, number>> {
  const net = new Map<number, number>()
  for (const payment of await readPayments(view, { includeStaff })) {
    const value = reportingValue(payment, view.settings)
    if (value === null) continue
    for (const { amount } of revenueOf(payment, value))
      net.set(payment.uid, (net.get(payment.uid) ?? 0) + amount)
  }
  return net
}

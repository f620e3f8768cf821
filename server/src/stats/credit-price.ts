import type { Span } from './overview-spans.ts'
import { readPayments, reportingValue } from './payment-rows.ts'
import type { View } from './view.ts'

/**
 * The average net price of a credit in a period: net revenue (reporting currency) ÷ credits of the packages sold in it, less
 * those of payments refunded in it; unrounded. Packages whose credits are unknown, and payments without a value in the
 * reporting currency, are left out. Conditions on people do not narrow it: who paid nothing spends credits as well. Null
 * where no credits were sold.
 */
export async function creditPriceOf(
  view: View,
  { from, to }: Pick<Span, 'from' | 'to'>,
  includeStaff: boolean | undefined,
): Promise<number | null> {
  const packages = await view.db.orm.select().from(view.db.t.packages)
  const creditsOf = new Map(packages.map(({ id, credits }) => [id, credits]))
  const within = (at: number | null) => at !== null && at >= from && at < to
  let [net, sold] = [0, 0]
  for (const payment of await readPayments(view, { includeStaff, range: { from, to } })) {
    const value = reportingValue(payment, view.settings)
    const credits = creditsOf.get(payment.packageId) ?? null
    if (value === null || credits === null) continue
    const sign = Number(within(payment.succeededAt)) - Number(within(payment.refundedAt))
    net += sign * value
    sold += sign * credits
  }
  return sold === 0 ? null : net / sold
}

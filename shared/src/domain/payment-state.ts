/** What happened to an invoice that nobody has paid; instants in ms, null for what did not happen. */
export interface UnpaidInvoice {
  preCheckoutAt: number | null
  failedAt: number | null
  cancelledAt: number | null
  expiredAt: number | null
}

/** How long an invoice waits to be paid. One paid later still succeeds. */
export const invoiceLifeMs = 24 * 3_600_000

/** When the latest attempt to pay ended without payment; null where none has. */
export function lastEndOf({ failedAt, cancelledAt }: UnpaidInvoice): number | null {
  return failedAt === null || cancelledAt === null
    ? (failedAt ?? cancelledAt)
    : Math.max(failedAt, cancelledAt)
}

/**
 * Where an unpaid invoice stands: `failed` or `cancelled` by its latest end (of two at one instant `failed`), unless the
 * person has begun to pay again since; else `expired`, `pre_checkout` or `invoiced`. It follows from the instants alone,
 * so that the order in which they became known does not matter.
 */
export function unpaidStatus(
  invoice: UnpaidInvoice,
): 'invoiced' | 'pre_checkout' | 'failed' | 'cancelled' | 'expired' {
  const { preCheckoutAt, failedAt, expiredAt } = invoice
  const since = preCheckoutAt ?? Number.NEGATIVE_INFINITY
  const end = lastEndOf(invoice)
  if (end !== null && end >= since) return end === failedAt ? 'failed' : 'cancelled'
  if (expiredAt !== null && expiredAt >= since) return 'expired'
  return preCheckoutAt === null ? 'invoiced' : 'pre_checkout'
}

/** How a payment was made where nobody says: Stars are paid in Telegram, other money by a provider. */
export function defaultMethod(currency: string): string {
  return currency === 'XTR' ? 'stars' : 'provider'
}

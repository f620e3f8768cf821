import { packages } from './attributes.ts'

/** An invoice and what became of it; instants in ms, 0 where it never happened. */
export interface Invoice {
  uid: number
  /** Place in `packages`. */
  offer: number
  invoicedAt: number
  paidAt: number
  failedAt: number
  refundedAt: number
}

export function offerOf(invoice: Invoice): (typeof packages)[number] {
  return packages[invoice.offer] ?? packages[0]
}

export const invoiceIdOf = (number: number) => `inv_${number}`
export const chargeIdOf = (number: number) => `ch_${number}`

import { and, eq, isNotNull } from 'drizzle-orm'
import type { Tx } from '#db/db'
import { tierOf } from '#domain/tiers'
import { readSettings } from './settings.ts'

/**
 * Purchases, lifetime value and tier of a person, counted anew from their payments: `purchases` counts payments that
 * succeeded, refunded or not; value and tier count those not refunded.
 */
export async function recomputeLifetimeValue(tx: Tx, uid: number): Promise<void> {
  const { users, payments } = tx.t
  const paid = await tx.orm
    .select({ status: payments.status, usdCents: payments.usdCents })
    .from(payments)
    .where(and(eq(payments.uid, uid), isNotNull(payments.succeededAt)))
  const kept = paid.filter((payment) => payment.status === 'succeeded')
  const usdCents = kept.reduce((sum, payment) => sum + (payment.usdCents ?? 0), 0)
  const { tiers } = await readSettings(tx)
  await tx.orm
    .update(users)
    .set({ purchases: paid.length, usdCents, tier: tierOf({ purchases: kept.length, usdCents }, tiers) })
    .where(eq(users.uid, uid))
}

/** A payment that runs on: `value` counts from `from` until `until`, both in ms. */
export interface SubscriptionPayment {
  uid: number
  value: number
  from: number
  until: number
}

/** What became of one person's monthly recurring revenue from one instant to the next; `total` where they have any. */
export type SubscriptionMovement = 'total' | 'new' | 'expansion' | 'contraction' | 'churned'

/** Told of each person that a movement is of: `month` is the place among the months, `amount` is above 0. */
export type OnMovement = (
  movement: SubscriptionMovement,
  of: { month: number; uid: number; amount: number },
) => void

function movementsBetween(before: number, now: number): [SubscriptionMovement, number][] {
  const total: [SubscriptionMovement, number][] = now > 0 ? [['total', now]] : []
  if (before === now) return total
  if (before === 0) return [...total, ['new', now]]
  if (now === 0) return [['churned', before]]
  return [...total, now > before ? ['expansion', now - before] : ['contraction', before - now]]
}

/**
 * Monthly recurring revenue (MRR) by month. `instants` are the one before the first month and the last one of each month,
 * in ms; what a person's running payments are worth there is their MRR. A person who had none the month before is
 * `new` (who comes back too), one who has none any more `churned`; the others expand or contract by the difference. So
 * total = total of the month before + new + expansion − contraction − churned.
 */
export function subscriptionMovements(
  payments: readonly SubscriptionPayment[],
  instants: readonly number[],
  report: OnMovement,
): void {
  const people = Map.groupBy(payments, ({ uid }) => uid)
  for (const [uid, own] of people) {
    const levels = instants.map((at) =>
      own.reduce((sum, { value, from, until }) => (from <= at && until > at ? sum + value : sum), 0),
    )
    for (let month = 0; month + 1 < levels.length; month++)
      for (const [movement, amount] of movementsBetween(levels[month] ?? 0, levels[month + 1] ?? 0))
        report(movement, { month, uid, amount })
  }
}

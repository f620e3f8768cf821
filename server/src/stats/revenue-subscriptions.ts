import { type Period, periodsIn } from '@botdeck/shared/domain/range'
import { type SubscriptionMovement, subscriptionMovements } from '@botdeck/shared/domain/subscriptions'
import type { Audience } from './filters.ts'
import { readPayments, valueIn } from './payment-rows.ts'
import { headingOf } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Counts, Tally } from './tally.ts'
import { rangeOf, type View } from './view.ts'

type Params = StatParams['revenue']

/** Each month that the range touches and that has begun, as a whole. */
export function monthsOf(view: View, params: Params): Period[] {
  const { clock, asOf } = view
  return periodsIn(rangeOf(view, params), 'month', { clock, now: asOf }).map((month) => ({
    ...month,
    complete: month.end <= asOf,
  }))
}

/** Under which figures the people of a movement are listed; its money is under its own name. */
const listed: Record<SubscriptionMovement, string> = {
  total: 'subscribers',
  new: 'newSubscribers',
  expansion: 'expansionPeople',
  contraction: 'contractionPeople',
  churned: 'churnedSubscribers',
}

/** The figure behind a cell of the list: `expansion` and `contraction` name money in the answer. */
export function subscriptionFigure(cell: string): string {
  return cell === 'expansion' || cell === 'contraction' ? listed[cell] : cell
}

/** Reports the movements of recurring revenue at the place of each month; a refund ends what its payment pays for. */
export async function tallySubscriptions(
  view: View,
  params: Params,
  to: { audience: Audience; tally: Tally },
): Promise<void> {
  const months = monthsOf(view, params)
  const first = months[0]
  if (!first) return
  const lastOf = (end: number) => Math.min(end - 1, view.asOf)
  const instants = [first.start - 1, ...months.map(({ end }) => lastOf(end))]
  const worthOf = valueIn(view, params.currency)
  const payments = await readPayments(view, { includeStaff: params.includeStaff, subscriptions: true })
  const running = payments.flatMap((payment) => {
    const { uid, succeededAt, subscriptionUntil, refundedAt } = payment
    const value = to.audience.has(uid) ? worthOf(payment) : null
    if (value === null || succeededAt === null || subscriptionUntil === null) return []
    const until = Math.min(subscriptionUntil, refundedAt ?? subscriptionUntil)
    return [{ uid, value, from: succeededAt, until }]
  })
  subscriptionMovements(running, instants, (movement, { month, uid, amount }) => {
    to.tally.add(`mrr ${movement}`, month, uid, amount)
    to.tally.add(listed[movement], month, uid)
  })
}

/** The months as the answer has them. */
export function subscriptionMonths(view: View, params: Params, counts: Counts): object[] {
  const currency = params.currency ?? view.settings.currency
  return monthsOf(view, params).map((month, index) => {
    const money = (movement: SubscriptionMovement) => ({
      amount: counts.of(`mrr ${movement}`, index),
      currency,
    })
    const movements = {
      new: money('new'),
      expansion: money('expansion'),
      contraction: money('contraction'),
      churned: money('churned'),
    }
    const people = {
      subscribers: counts.of(listed.total, index),
      newSubscribers: counts.of(listed.new, index),
      churnedSubscribers: counts.of(listed.churned, index),
    }
    return { ...headingOf(month), mrr: money('total'), ...movements, ...people, complete: month.complete }
  })
}

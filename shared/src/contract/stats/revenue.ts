import { z } from '@hono/zod-openapi'
import { revenueCells } from '#domain/revenue-cells'
import { answered, Currency, Money, pageQuery, Rate, statQuery, Unit } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const sums = { gross: Money, refunds: Money, net: Money }

export const RevenuePeriod = z
  .object({
    from: z.string(),
    to: z.string(),
    ...sums,
    /** Distinct people who paid in the period, in whatever currency; with `currency` in that one. */
    payers: z.number(),
    /** Payments that succeeded in the period and have a value in the currency of the answer. */
    purchases: z.number(),
    /** Payments that succeeded in the period and have none, for want of a rate. */
    unconverted: z.number(),
    activeUsers: z.number(),
    /** Net ÷ active users; null without any. */
    arpu: Money.nullable(),
    /** Net ÷ payers. */
    arppu: Money.nullable(),
    /** Gross ÷ purchases. */
    averagePurchase: Money.nullable(),
    /** Distinct payers in the 7 local days that end with the period. */
    wapu: z.number(),
    /** Of `payers`, those with two or more purchases up to the end of the period. */
    repeatPayers: z.number(),
    repeatRate: Rate,
  })
  .openapi('RevenuePeriod')

const point = { start: z.string(), startsAt: z.string(), complete: z.boolean() }

export const Revenue = z
  .object({
    ...answered,
    current: RevenuePeriod,
    previous: RevenuePeriod.nullable(),
    /** As of now: people who ever paid ÷ people. */
    conversion: z.object({ everPaid: z.number(), people: z.number(), rate: Rate }),
    points: z.array(z.object({ ...point, ...sums, payers: z.number(), purchases: z.number() })),
    /** What `current` holds of each currency: in itself, and what of it has a value in the reporting currency. */
    byCurrency: z.array(
      z.object({
        currency: z.string(),
        payers: z.number(),
        purchases: z.number(),
        ...sums,
        reporting: z.object({ ...sums, unconverted: z.number() }),
      }),
    ),
    /** Each month that the range touches, on its last day, or now while it runs. */
    subscriptions: z.array(
      z.object({
        ...point,
        mrr: Money,
        new: Money,
        expansion: Money,
        contraction: Money,
        churned: Money,
        subscribers: z.number(),
        newSubscribers: z.number(),
        churnedSubscribers: z.number(),
      }),
    ),
  })
  .openapi('Revenue')
export type Revenue = z.infer<typeof Revenue>

const parameters = { ...statQuery, interval: Unit.optional(), currency: Currency.optional() }

export const revenue = getStat('/api/stats/revenue', {
  query: z.strictObject(parameters),
  answer: Revenue,
  summary: 'What came in',
  description:
    'Gross (succeeded in the period), refunds (dated at the refund) and net beside the same number of days before; payers, purchases, ARPU (net ÷ active users), ARPPU (net ÷ payers), WAPU (payers in the last 7 days), repeat rate and conversion; each currency in itself and in the reporting currency; monthly recurring revenue with what is new, expanded, contracted and churned, where a payment counts until its `subscriptionUntil` or its refund. With `currency` that one alone, unconverted.',
})

export const revenuePeople = getStat('/api/stats/revenue/people', {
  query: z.strictObject({
    ...parameters,
    ...pageQuery,
    cell: z.enum([...revenueCells.period, ...revenueCells.whole, ...revenueCells.now, ...revenueCells.month]),
    start: z.string().max(40).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of revenue',
  description:
    '`start` names a point, or the month for `subscribers`, `newSubscribers`, `expansion`, `contraction` and `churnedSubscribers`; without it `current`. The payers of one currency: with `currency`.',
})

import { z } from '@hono/zod-openapi'
import { answered, pageQuery, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const figures = {
  /** Times the code was entered. */
  entered: z.number(),
  redeemed: z.number(),
  /** Distinct people who entered it. */
  people: z.number(),
  /** Distinct people who redeemed it. */
  redeemers: z.number(),
  credits: z.number(),
  /** Why entries were refused, the most frequent reason first. */
  refusals: z.array(z.object({ reason: z.string(), entries: z.number() })),
  /** Of `redeemers`, those with a payment within 30 days after they redeemed it. */
  paid: z.number(),
}

export const PromosPeriod = z
  .object({
    from: z.string(),
    to: z.string(),
    /** The most redeemed first; at most 500. */
    codes: z.array(z.object({ code: z.string(), ...figures })),
    total: z.object(figures),
  })
  .openapi('PromosPeriod')

export const Promos = z
  .object({ ...answered, current: PromosPeriod, previous: PromosPeriod.nullable() })
  .openapi('Promos')
export type Promos = z.infer<typeof Promos>

export const promos = getStat('/api/stats/promos', {
  query: z.strictObject(statQuery),
  answer: Promos,
  summary: 'What promo codes do',
  description:
    'Per code: times entered and redeemed, people, credits given, refusals by reason, and people who paid within 30 days after they redeemed it, beside the same number of days before. An entry is redeemed where its `result` says so (redeemed, ok, success, accepted, applied) or it gave credits; any other result is a refusal and its reason.',
})

export const promosPeople = getStat('/api/stats/promos/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.enum(['entered', 'redeemed', 'people', 'redeemers', 'refusals', 'paid']),
    code: z.string().max(2000).optional(),
    reason: z.string().max(2000).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of promo codes',
  description: 'Without `code` the total; `reason` narrows `refusals`.',
})

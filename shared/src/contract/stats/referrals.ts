import { z } from '@hono/zod-openapi'
import { answered, Money, pageQuery, Rate, statQuery, Unit } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const figures = {
  /** People who were invited in the period. */
  invited: z.number(),
  /** People who invited them. */
  referrers: z.number(),
  /** Of the invited, those who have made a picture. */
  activated: z.number(),
  activationRate: Rate,
  /** Of the invited, those who have paid. */
  paid: z.number(),
  paidRate: Rate,
  /** Credits that their referrers were given for them. */
  creditsGiven: z.number(),
  /** What the invited have brought, up to now. */
  net: Money,
}

const ReferralsPeriod = z.object({ from: z.string(), to: z.string(), ...figures }).openapi('ReferralsPeriod')

export const Referrals = z
  .object({
    ...answered,
    current: ReferralsPeriod,
    previous: ReferralsPeriod.nullable(),
    points: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        invited: z.number(),
        activated: z.number(),
        paid: z.number(),
        complete: z.boolean(),
      }),
    ),
    /** Who invited most in the range, at most ten. A forgotten person has no id and no name. */
    top: z.array(
      z.object({
        id: z.number().nullable(),
        firstName: z.string().nullable(),
        invited: z.number(),
        activated: z.number(),
        paid: z.number(),
        creditsGiven: z.number(),
        net: Money,
      }),
    ),
  })
  .openapi('Referrals')
export type Referrals = z.infer<typeof Referrals>

const parameters = { ...statQuery, interval: Unit.optional() }

export const referrals = getStat('/api/stats/referrals', {
  query: z.strictObject(parameters),
  answer: Referrals,
  summary: 'Who invited whom, and what came of it',
  description:
    'People invited in the range; of them who has made a picture and who has paid, up to now; credits given to their referrers, and the net revenue of the invited. An invitation of oneself, and a second one of the same person, give nothing.',
})

export const referralsPeople = getStat('/api/stats/referrals/people', {
  query: z.strictObject({
    ...parameters,
    ...pageQuery,
    cell: z.enum(['invited', 'referrers', 'activated', 'paid']),
    start: z.string().max(40).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of referrals',
  description:
    '`start` names a point; without it `current`. `referrers` are those who invited, the others the invited.',
})

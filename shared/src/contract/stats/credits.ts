import { z } from '@hono/zod-openapi'
import { answered, pageQuery, statQuery, Unit } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const flows = {
  /** Credits that people got, whatever for. */
  granted: z.number(),
  spent: z.number(),
  /** Given back for what failed. */
  returned: z.number(),
  /** Taken back with a refunded payment. */
  revoked: z.number(),
}

export const CreditsPeriod = z
  .object({
    from: z.string(),
    to: z.string(),
    ...flows,
    /** `granted` by reason, the most first; `people` distinct. */
    grants: z.array(z.object({ reason: z.string(), credits: z.number(), people: z.number() })),
    /** Distinct people who spent any. */
    spenders: z.number(),
  })
  .openapi('CreditsPeriod')

export const Credits = z
  .object({
    ...answered,
    current: CreditsPeriod,
    previous: CreditsPeriod.nullable(),
    /** In people's hands as of now: the sum of known balances, and who has any. */
    outstanding: z.object({ credits: z.number(), people: z.number() }),
    points: z.array(z.object({ start: z.string(), startsAt: z.string(), ...flows, complete: z.boolean() })),
  })
  .openapi('Credits')
export type Credits = z.infer<typeof Credits>

const parameters = { ...statQuery, interval: Unit.optional() }

export const credits = getStat('/api/stats/credits', {
  query: z.strictObject(parameters),
  answer: Credits,
  summary: 'Where credits come from and go',
  description:
    'Credits granted by reason, spent, given back for what failed, and taken back with refunds, beside the same number of days before; and what people hold as of now. Counted from `credits_changed`, which our ledger and other senders write alike.',
})

export const creditsPeople = getStat('/api/stats/credits/people', {
  query: z.strictObject({
    ...parameters,
    ...pageQuery,
    cell: z.enum(['granted', 'spent', 'returned', 'revoked', 'spenders', 'outstanding']),
    reason: z.string().max(2000).optional(),
    start: z.string().max(40).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of credits',
  description:
    '`reason` narrows `granted`; `start` names a point of `granted`, `spent`, `returned` or `revoked`.',
})

import { z } from '@hono/zod-openapi'
import { answered, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { TierName, UserPage } from '../users.ts'

/** What is as it is now needs no range; one that is given changes nothing. */
const asNow = { ...statQuery, from: statQuery.from.optional(), to: statQuery.to.optional() }

export const Segments = z
  .object({
    ...answered,
    /** Everybody counted. */
    users: z.number(),
    /** Built-in segments in their order, then saved ones by name; `share` of everybody. */
    segments: z.array(
      z.object({ segment: z.string(), builtIn: z.boolean(), users: z.number(), share: Rate }),
    ),
    tiers: z.array(z.object({ tier: TierName, users: z.number(), share: Rate })),
  })
  .openapi('Segments')
export type Segments = z.infer<typeof Segments>

export const segments = getStat('/api/stats/segments', {
  query: z.strictObject(asNow),
  answer: Segments,
  summary: 'People by segment and tier, as they are now',
  description:
    'How many people are in each built-in and each saved segment, who may be in several or in none, and in each tier by lifetime value.',
})

export const segmentsPeople = getStat('/api/stats/segments/people', {
  query: z
    .strictObject({
      ...asNow,
      ...pageQuery,
      cell: z.literal('users').default('users'),
      segment: z.string().min(1).max(100).optional(),
      tier: TierName.optional(),
    })
    .superRefine(({ segment, tier }, issue) => {
      if (segment !== undefined && tier !== undefined)
        issue.addIssue({ code: 'custom', path: ['tier'], message: 'a segment or a tier, not both' })
    }),
  answer: UserPage,
  summary: 'People of a segment or a tier',
  description: '`segment` or `tier`; without either everybody.',
})

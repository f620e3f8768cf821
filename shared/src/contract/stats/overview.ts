import { z } from '@hono/zod-openapi'
import { answered, Money, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

export const OverviewPeriod = z
  .object({
    from: z.string(),
    to: z.string(),
    active: z.number(),
    newUsers: z.number(),
    payers: z.number(),
    net: Money,
    generations: z.number(),
    successRate: Rate,
    retention: z.object({ d1: Rate, d7: Rate, d30: Rate }),
  })
  .openapi('OverviewPeriod')
export type OverviewPeriod = z.infer<typeof OverviewPeriod>

export const Overview = z
  .object({
    ...answered,
    current: OverviewPeriod,
    previous: OverviewPeriod.nullable(),
    points: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        active: z.number(),
        newUsers: z.number(),
        net: Money,
        generations: z.number(),
        complete: z.boolean(),
      }),
    ),
  })
  .openapi('Overview')
export type Overview = z.infer<typeof Overview>

const query = z.strictObject(statQuery)

export const overview = getStat('/api/stats/overview', {
  query,
  answer: Overview,
  summary: 'The day or the range in one answer',
  description:
    'People active, new and paying, net revenue, pictures and retention of the range beside the same number of days before it; a running day is compared with yesterday until the same quarter hour.',
})

export const overviewPeople = getStat('/api/stats/overview/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.enum(['active', 'newUsers', 'payers', 'generations', 'd1', 'd7', 'd30']),
    start: z.string().max(40).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of the overview',
  description: '`cell` names the figure, `start` a point of it; without `start` the whole range.',
})

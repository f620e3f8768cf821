import { z } from '@hono/zod-openapi'
import { answered, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const figures = {
  shown: z.number(),
  /** Distinct people to whom it was shown. */
  people: z.number(),
  clicked: z.number(),
  /** Distinct people who clicked. */
  clickers: z.number(),
  /** Clicked ÷ shown. */
  clickRate: Rate,
}

export const AdsPeriod = z
  .object({
    from: z.string(),
    to: z.string(),
    /** The most shown first. */
    ads: z.array(z.object({ adId: z.string(), ...figures })),
    total: z.object(figures),
  })
  .openapi('AdsPeriod')

export const Ads = z
  .object({ ...answered, current: AdsPeriod, previous: AdsPeriod.nullable() })
  .openapi('Ads')
export type Ads = z.infer<typeof Ads>

export const ads = getStat('/api/stats/ads', {
  query: z.strictObject(statQuery),
  answer: Ads,
  summary: 'What ads do',
  description:
    'Per ad: times shown, people who saw it, clicks, people who clicked, and the click rate (clicked ÷ shown), beside the same number of days before.',
})

export const adsPeople = getStat('/api/stats/ads/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.enum(['shown', 'people', 'clicked', 'clickers']),
    adId: z.string().max(2000).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of ads',
  description: 'Without `adId` the total.',
})

import { z } from '@hono/zod-openapi'
import { answered, Bound, pageBody, Step, statBody, Unit } from '../params.ts'
import { postStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const parameters = {
  from: Bound,
  to: Bound,
  interval: Unit.default('day'),
  event: Step.optional(),
  ...statBody,
}

export const StickinessParams = z.strictObject(parameters).openapi('StickinessParams')
export type StickinessParams = z.output<typeof StickinessParams>

export const StickinessPeopleParams = z.strictObject({
  ...parameters,
  ...pageBody,
  periods: z.number().int().min(1).max(100_000),
  which: z.enum(['exactly', 'atLeast']).default('exactly'),
})
export type StickinessPeopleParams = z.output<typeof StickinessPeopleParams>

const counts = z.array(z.object({ periods: z.number(), users: z.number() }))

export const Stickiness = z
  .object({
    ...answered,
    totalUsers: z.number(),
    exactly: counts,
    atLeast: counts,
    complete: z.boolean(),
  })
  .openapi('Stickiness')
export type Stickiness = z.infer<typeof Stickiness>

export const stickiness = postStat('/api/stats/stickiness', {
  body: StickinessParams,
  answer: Stickiness,
  summary: 'In how many periods people come',
  description:
    'People by the number of calendar periods of the range in which they did the event: exactly n, and n or more.',
})

export const stickinessPeople = postStat('/api/stats/stickiness/people', {
  body: StickinessPeopleParams,
  answer: UserPage,
  summary: 'People behind a number of periods',
  description: '`periods` is the number, `which` says whether exactly or at least so many.',
})

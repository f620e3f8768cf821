import { z } from '@hono/zod-openapi'
import { lifecycleStates } from '#domain/lifecycle'
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

export const LifecycleParams = z.strictObject(parameters).openapi('LifecycleParams')
export type LifecycleParams = z.output<typeof LifecycleParams>

export const LifecyclePeopleParams = z.strictObject({
  ...parameters,
  ...pageBody,
  start: z.string().max(40),
  which: z.enum(lifecycleStates),
})
export type LifecyclePeopleParams = z.output<typeof LifecyclePeopleParams>

export const Lifecycle = z
  .object({
    ...answered,
    points: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        new: z.number(),
        returning: z.number(),
        resurrecting: z.number(),
        dormant: z.number(),
        /** (new + resurrecting) ÷ dormant; null when nobody is dormant. */
        pulse: z.number().nullable(),
        complete: z.boolean(),
      }),
    ),
  })
  .openapi('Lifecycle')
export type Lifecycle = z.infer<typeof Lifecycle>

export const lifecycle = postStat('/api/stats/lifecycle', {
  body: LifecycleParams,
  answer: Lifecycle,
  summary: 'Who comes, stays, returns and leaves',
  description:
    'New: first activity ever in the period. Returning: active in it and in the one before. Resurrecting: active in it, not in the one before, but earlier. Dormant: active in the one before and not in it. Pulse: (new + resurrecting) ÷ dormant. Periods at the edges are whole.',
})

export const lifecyclePeople = postStat('/api/stats/lifecycle/people', {
  body: LifecyclePeopleParams,
  answer: UserPage,
  summary: 'People behind a point of the lifecycle',
  description: '`start` is the period, `which` the state.',
})

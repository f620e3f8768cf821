import { z } from '@hono/zod-openapi'
import { answered, Instant, Money, pageQuery, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const asNow = { ...statQuery, from: statQuery.from.optional(), to: statQuery.to.optional() }

const person = { id: z.number().nullable(), firstName: z.string().nullable(), at: Instant }

export const Now = z
  .object({
    ...answered,
    /** Distinct people with activity in the last 5 and 30 minutes. */
    active5: z.number(),
    active30: z.number(),
    /** Activity events of the last 5 minutes ÷ 5. */
    eventsPerMinute: z.number(),
    /** The last 30 minutes, each by its first instant; the last one runs. */
    minutes: z.array(z.object({ startsAt: Instant, events: z.number() })),
    /** The latest of the last 24 hours, newest first, at most ten. */
    purchases: z.array(z.object({ ...person, packageId: z.string(), price: Money })),
    /** Pictures and payments that failed, likewise. `reason`: the error type, or why the payment failed. */
    errors: z.array(z.object({ ...person, type: z.string(), reason: z.string() })),
  })
  .openapi('Now')
export type Now = z.infer<typeof Now>

export const now = getStat('/api/stats/now', {
  query: z.strictObject(asNow),
  answer: Now,
  summary: 'What happens now',
  description:
    'Distinct people with activity in the last 5 and 30 minutes, activity events per minute, the latest purchases and errors of the last 24 hours.',
})

export const nowPeople = getStat('/api/stats/now/people', {
  query: z.strictObject({ ...asNow, ...pageQuery, cell: z.enum(['active5', 'active30']) }),
  answer: UserPage,
  summary: 'Who is here now',
  description: 'People with activity in the last 5 or 30 minutes.',
})

import { z } from '@hono/zod-openapi'
import { answered, Instant, pageQuery, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const lastDay = { ...statQuery, from: statQuery.from.optional(), to: statQuery.to.optional() }

export const Health = z
  .object({
    ...answered,
    /** When this process began: what it counts itself, it counts since then. */
    startedAt: Instant,
    rollup: z.object({
      state: z.enum(['starting', 'rebuilding', 'following', 'waiting']).nullable(),
      /** Events that the cells do not hold yet, and how long ago they held every event. */
      behind: z.number(),
      lagMs: z.number(),
      watermark: z.number(),
      /** Events after the sealed columns, which are read from rows. */
      unsealed: z.number(),
      failure: z.object({ at: Instant, message: z.string() }).nullable(),
    }),
    scans: z.object({ threads: z.number(), waiting: z.number(), timeouts: z.number() }),
    liveStreams: z.number(),
    /** The latest run of each job. */
    jobs: z.array(
      z.object({
        job: z.string(),
        startedAt: Instant,
        finishedAt: Instant.nullable(),
        error: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    /** From a tenth of a second on, of every thread, without values; the latest first, fifty at most. */
    slowStatements: z.array(
      z.object({ statement: z.string(), count: z.number(), longestMs: z.number(), lastAt: Instant }),
    ),
    /** The last 24 UTC hours: requests answered 500, requests ended at their limit, jobs and updates of the bot that failed. */
    errors: z.array(
      z.object({
        startsAt: Instant,
        requests: z.number(),
        timeouts: z.number(),
        jobs: z.number(),
        updates: z.number(),
      }),
    ),
    /** Payments that failed in the last 24 hours, and were not paid after all. */
    paymentFailures: z.object({
      count: z.number(),
      users: z.number(),
      reasons: z.array(z.object({ method: z.string(), reason: z.string(), count: z.number() })),
    }),
    database: z.object({ engine: z.enum(['sqlite', 'postgres']), bytes: z.number() }),
  })
  .openapi('Health')
export type Health = z.infer<typeof Health>

export const health = getStat('/api/stats/health', {
  query: z.strictObject(lastDay),
  answer: Health,
  summary: 'How the installation is',
  description:
    'Lag of the roll-up, the latest run of each job, statements that took a tenth of a second or more, errors by hour and payment failures of the last 24 hours, size of the database.',
})

export const healthPeople = getStat('/api/stats/health/people', {
  query: z.strictObject({ ...lastDay, ...pageQuery, cell: z.literal('paymentFailures') }),
  answer: UserPage,
  summary: 'Whose payments failed',
  description: 'People with an attempt to pay that failed in the last 24 hours.',
})

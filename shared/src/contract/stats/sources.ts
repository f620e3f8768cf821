import { z } from '@hono/zod-openapi'
import { answered, Money, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const figures = {
  /** First seen in the range. */
  users: z.number(),
  /** Of them, those who have made a picture. */
  activated: z.number(),
  activationRate: Rate,
  /** Of them, those who have paid. */
  payers: z.number(),
  payerRate: Rate,
  /** What they have brought, up to now. */
  net: Money,
  /** Day 7 after their first activity, over those of whom that day has ended. */
  d7: z.object({ users: z.number(), size: z.number(), rate: Rate }),
  previous: z.object({ users: z.number() }).nullable(),
}

const Source = z.object({ source: z.string(), ...figures })
const Period = z.object({ from: z.string(), to: z.string() })

export const Sources = z
  .object({
    ...answered,
    current: Period,
    previous: Period.nullable(),
    /** By first touch, which is never overwritten; most people first. */
    first: z.array(Source),
    /** By last touch. */
    last: z.array(Source),
    total: z.object(figures),
  })
  .openapi('Sources')
export type Sources = z.infer<typeof Sources>

export const sources = getStat('/api/stats/sources', {
  query: z.strictObject(statQuery),
  answer: Sources,
  summary: 'Where people come from, and what becomes of them',
  description:
    'People first seen in the range by the source of their first and of their last touch (`direct` where there was none): how many, and of them who has made a picture, who has paid, their net revenue up to now, and day-7 retention.',
})

export const sourcesPeople = getStat('/api/stats/sources/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.enum(['users', 'activated', 'payers', 'd7', 'd7Size']),
    touch: z.enum(['first', 'last']).default('first'),
    source: z.string().min(1).max(200).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of a source',
  description:
    '`touch` says of which list; without `source` the total. `d7` came back on day 7, of `d7Size`.',
})

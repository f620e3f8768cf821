import { z } from '@hono/zod-openapi'
import { answered, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

export const changeKinds = ['source', 'effect', 'package', 'errorType'] as const
const Kind = z.enum(changeKinds)
const Period = z.object({ from: z.string(), to: z.string() })

export const Changes = z
  .object({
    ...answered,
    /** Finished days alone. */
    current: Period,
    previous: Period.nullable(),
    changes: z.array(
      z.object({
        kind: Kind,
        value: z.string(),
        /** New people of a source, pictures with an effect, purchases of a package, failures of a type. */
        current: z.number(),
        previous: z.number(),
        /** (current − previous) ÷ previous; null where that was 0. */
        change: Rate,
        z: z.number(),
      }),
    ),
  })
  .openapi('Changes')
export type Changes = z.infer<typeof Changes>

export const changes = getStat('/api/stats/changes', {
  query: z.strictObject(statQuery),
  answer: Changes,
  summary: 'What changed most',
  description:
    'Per source (new people), effect (pictures), package (purchases) and error type (failures) with 30 or more in either period: z = (a − b) ÷ √(a + b); the three largest |z| from 2 on, over finished days. A range that is only the running day is answered for the day before.',
})

export const changesPeople = getStat('/api/stats/changes/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    kind: Kind,
    value: z.string().min(1).max(1000),
    cell: z.enum(['current', 'previous']),
  }),
  answer: UserPage,
  summary: 'People behind a change',
  description: 'Those counted for a value of a kind in either period, each once.',
})

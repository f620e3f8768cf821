import { z } from '@hono/zod-openapi'
import { answered, Bound, EventTypeName, pageBody, Step, statBody } from '../params.ts'
import { postStat } from '../routes.ts'
import { UserPage } from '../users.ts'
import { GapMinutes } from './sessions.ts'

const parameters = {
  from: Bound,
  to: Bound,
  event: Step,
  /** How many events are followed after the start event. */
  depth: z.number().int().min(1).max(10).default(3),
  /** Branches told apart at each place; the rest is pooled. */
  branches: z.number().int().min(1).max(50).default(5),
  /** Ends a path where so many minutes pass without a step; by default none does. */
  gapMinutes: GapMinutes.optional(),
  /** What paths are made of; by default any activity. */
  events: z.array(EventTypeName).min(1).max(100).optional(),
  ...statBody,
}

export const PathsParams = z.strictObject(parameters).openapi('PathsParams')
export type PathsParams = z.output<typeof PathsParams>

export const PathsPeopleParams = z
  .strictObject({
    ...parameters,
    ...pageBody,
    /** The event types after the start event, in order. */
    path: z.array(EventTypeName).max(10).default([]),
    /** Of those who came so far: who went on to a pooled branch, or no further. */
    next: z.enum(['other', 'end']).optional(),
  })
  .superRefine(({ path, next, depth }, issue) => {
    const deepest = next === undefined ? depth : depth - 1
    if (path.length > deepest)
      issue.addIssue({ code: 'custom', path: ['path'], message: `at most ${deepest} events` })
  })
export type PathsPeopleParams = z.output<typeof PathsPeopleParams>

const counts = { paths: z.number(), users: z.number() }
const Counted = z.object(counts)

export const Paths = z
  .object({
    ...answered,
    /**
     * Each place that is told apart, named by the event types that lead to it, the start event (no types) first and each
     * place before those it leads to. `other`: paths that go on to a pooled branch; `end`: those that go no further.
     */
    places: z.array(
      z.object({
        path: z.array(z.string()),
        ...counts,
        other: Counted.nullable(),
        end: Counted.nullable(),
      }),
    ),
    complete: z.boolean(),
  })
  .openapi('Paths')
export type Paths = z.infer<typeof Paths>

export const paths = postStat('/api/stats/paths', {
  body: PathsParams,
  answer: Paths,
  summary: 'What people do next',
  description:
    'Every start event in the range opens a path: the next events of that person in order, repeats included, also past the range. At each place the paths that come to it and the distinct people; branches beyond the most frequent are pooled.',
})

export const pathsPeople = postStat('/api/stats/paths/people', {
  body: PathsPeopleParams,
  answer: UserPage,
  summary: 'People behind a place of the paths',
  description:
    '`path` names the place by the event types that lead to it; `next: "other"` those who went on to a pooled branch, `"end"` those who went no further.',
})

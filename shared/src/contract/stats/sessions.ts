import { z } from '@hono/zod-openapi'
import { answered, Bound, pageBody, statBody, Unit } from '../params.ts'
import { postStat } from '../routes.ts'
import { UserPage } from '../users.ts'

/** Minutes without activity that do not yet end a session; up to a year. */
export const GapMinutes = z.number().min(0).max(527_040)

const parameters = {
  from: Bound,
  to: Bound,
  interval: Unit.default('day'),
  gapMinutes: GapMinutes.default(30),
  ...statBody,
}

export const SessionsParams = z.strictObject(parameters).openapi('SessionsParams')
export type SessionsParams = z.output<typeof SessionsParams>

export const SessionsPeopleParams = z.strictObject({
  ...parameters,
  ...pageBody,
  start: z.string().max(40).optional(),
})
export type SessionsPeopleParams = z.output<typeof SessionsPeopleParams>

const figures = {
  sessions: z.number(),
  users: z.number(),
  averageSeconds: z.number().nullable(),
  medianSeconds: z.number().nullable(),
  eventsPerSession: z.number().nullable(),
}

export const Sessions = z
  .object({
    ...answered,
    ...figures,
    points: z.array(z.object({ start: z.string(), startsAt: z.string(), ...figures, complete: z.boolean() })),
  })
  .openapi('Sessions')
export type Sessions = z.infer<typeof Sessions>

export const sessions = postStat('/api/stats/sessions', {
  body: SessionsParams,
  answer: Sessions,
  summary: 'How people use the bot in one go',
  description:
    'A session is activity of one person with no gap over 30 minutes, or the gap asked for; its length is last − first. It belongs to the period in which it starts, with all of its events.',
})

export const sessionsPeople = postStat('/api/stats/sessions/people', {
  body: SessionsPeopleParams,
  answer: UserPage,
  summary: 'People with sessions',
  description: 'People with a session that starts in the range, or in the period that `start` names.',
})

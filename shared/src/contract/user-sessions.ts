import { createRoute, z } from '@hono/zod-openapi'
import { Instant, pageQuery } from './params.ts'
import { bearer, responses } from './routes.ts'

const gapMinutes = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'minutes')
  .transform(Number)
  .pipe(z.number().min(0).max(527_040))

export const UserSession = z
  .object({
    startsAt: Instant,
    endsAt: Instant,
    seconds: z.number(),
    events: z.number(),
    /** Generations that ended in the session, and the credits that those which succeeded cost. */
    generations: z.number(),
    credits: z.number(),
  })
  .openapi('UserSession')
export type UserSession = z.infer<typeof UserSession>

export const UserSessions = z
  .object({ sessions: z.array(UserSession), total: z.number(), nextCursor: z.string().nullable() })
  .openapi('UserSessions')
export type UserSessions = z.infer<typeof UserSessions>

/** Newest first. */
export const getUserSessions = createRoute({
  method: 'get',
  path: '/api/users/{id}/sessions',
  tags: ['Users'],
  summary: "A person's sessions, newest first",
  description:
    'Activity with no gap over 30 minutes, or over `gapMinutes`; length = last − first. Credits spent in a session are those of the generations that succeeded in it.',
  security: bearer,
  request: {
    params: z.object({ id: z.string().regex(/^\d{1,16}$/, 'a Telegram id') }),
    query: z.strictObject({ gapMinutes: gapMinutes.optional(), ...pageQuery }),
  },
  responses: responses(UserSessions),
})

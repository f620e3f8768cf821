import { createRoute, z } from '@hono/zod-openapi'
import { roles } from '#domain/roles'
import { Instant, WeekStart } from './params.ts'
import { bearer, body, responses } from './routes.ts'

export const RoleName = z.enum(roles)

export const Session = z
  .object({
    token: z.string(),
    expiresAt: Instant,
    user: z.object({
      id: z.number(),
      firstName: z.string(),
      username: z.string().optional(),
      role: RoleName,
    }),
  })
  .openapi('Session')
export type Session = z.infer<typeof Session>

export const createSession = createRoute({
  method: 'post',
  path: '/api/session',
  tags: ['Session'],
  summary: 'Exchange initData for a session token',
  description:
    'The raw initData of the Mini App is proven once and exchanged for a token that lives 24 hours, is renewed by use, and ends after 7 days. 401 for anything not proven; 403 for a proven person who is no admin.',
  request: body(z.strictObject({ initData: z.string() })),
  responses: responses(Session),
})

export const endSession = createRoute({
  method: 'delete',
  path: '/api/session',
  tags: ['Session'],
  summary: 'End the session',
  security: bearer,
  responses: responses(z.object({ ended: z.literal(true) })),
})

/** What the panel needs before its first figure: whose bot, which calendar and currency, and the values filters offer. */
export const Panel = z
  .object({
    bot: z.object({ name: z.string(), username: z.string() }),
    user: Session.shape.user,
    timezone: z.string(),
    weekStart: WeekStart,
    currency: z.string(),
    now: Instant,
    today: z.string(),
    firstDay: z.string().nullable(),
    sources: z.array(z.string()),
    languages: z.array(z.string()),
  })
  .openapi('Panel')
export type Panel = z.infer<typeof Panel>

export const getPanel = createRoute({
  method: 'get',
  path: '/api/panel',
  tags: ['Session'],
  summary: 'The installation: bot, calendar, currency, filter values',
  security: bearer,
  responses: responses(Panel),
})

export const EventTypes = z
  .object({
    types: z.array(
      z.object({
        type: z.string(),
        builtIn: z.boolean(),
        activity: z.boolean(),
        properties: z.array(z.string()),
      }),
    ),
  })
  .openapi('EventTypes')
export type EventTypes = z.infer<typeof EventTypes>

export const getEventTypes = createRoute({
  method: 'get',
  path: '/api/event-types',
  tags: ['Session'],
  summary: 'Event types of the tracking plan and those seen so far, with their properties',
  security: bearer,
  responses: responses(EventTypes),
})

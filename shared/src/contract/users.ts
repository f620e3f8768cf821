import { createRoute, z } from '@hono/zod-openapi'
import { segmentNames } from '#domain/segments'
import { tiers } from '#domain/tiers'
import { BooleanQuery, Instant, Money, pageQuery } from './params.ts'
import { bearer, responses } from './routes.ts'

export const SegmentName = z.enum(segmentNames)
export type SegmentName = z.infer<typeof SegmentName>

export const TierName = z.enum(tiers)

/** A person in a list. A forgotten person stays, with `id` and names null. */
export const UserSummary = z
  .object({
    id: z.number().nullable(),
    firstName: z.string().nullable(),
    username: z.string().nullable(),
    language: z.string().nullable(),
    source: z.string().nullable(),
    tier: TierName,
    credits: z.number().nullable(),
    purchases: z.number(),
    generations: z.number(),
    blocked: z.boolean(),
    firstSeenAt: Instant.nullable(),
    lastActiveAt: Instant.nullable(),
  })
  .openapi('UserSummary')
export type UserSummary = z.infer<typeof UserSummary>

export const UserPage = z
  .object({ total: z.number(), users: z.array(UserSummary), nextCursor: z.string().nullable() })
  .openapi('UserPage')
export type UserPage = z.infer<typeof UserPage>

export const UserSort = z.enum(['lastActiveAt', 'firstSeenAt', 'purchases', 'generations', 'credits'])

export const listUsers = createRoute({
  method: 'get',
  path: '/api/users',
  tags: ['Users'],
  summary: 'People, searched and filtered by segment',
  description:
    'Staff and test users are left out unless `includeStaff`. `search`: digits match the id, @ the username, else names.',
  security: bearer,
  request: {
    query: z.strictObject({
      search: z.string().max(100).optional(),
      /** Built-in or saved. */
      segment: z.string().min(1).max(100).optional(),
      sort: UserSort.optional(),
      order: z.enum(['asc', 'desc']).optional(),
      includeStaff: BooleanQuery.optional(),
      ...pageQuery,
    }),
  },
  responses: responses(UserPage),
})

export const UserDetail = UserSummary.extend({
  lastSource: z.string().nullable(),
  referredBy: z.object({ id: z.number().nullable(), firstName: z.string().nullable() }).nullable(),
  invited: z.number(),
  net: Money,
  segments: z.array(SegmentName),
  /** Names of segments that admins saved. */
  savedSegments: z.array(z.string()),
  /** Of each experiment that the person was exposed to, by their first exposure. */
  variants: z.array(z.object({ experiment: z.string(), variant: z.string() })),
  staff: z.boolean(),
  banned: z.boolean(),
  props: z.record(z.string(), z.unknown()),
}).openapi('UserDetail')
export type UserDetail = z.infer<typeof UserDetail>

const userId = z.object({ id: z.string().regex(/^\d{1,16}$/, 'a Telegram id') })

export const getUser = createRoute({
  method: 'get',
  path: '/api/users/{id}',
  tags: ['Users'],
  summary: 'One person',
  security: bearer,
  request: { params: userId },
  responses: responses(UserDetail),
})

export const TimelineEvent = z
  .object({ id: z.string(), type: z.string(), at: Instant, props: z.record(z.string(), z.unknown()) })
  .openapi('TimelineEvent')
export type TimelineEvent = z.infer<typeof TimelineEvent>

export const Timeline = z
  .object({ events: z.array(TimelineEvent), nextCursor: z.string().nullable() })
  .openapi('Timeline')
export type Timeline = z.infer<typeof Timeline>

/** Newest first. `before` jumps to a date: only events up to the end of that instant or local day. */
export const getTimeline = createRoute({
  method: 'get',
  path: '/api/users/{id}/events',
  tags: ['Users'],
  summary: "A person's events, newest first",
  security: bearer,
  request: { params: userId, query: z.strictObject({ before: z.string().max(40).optional(), ...pageQuery }) },
  responses: responses(Timeline),
})

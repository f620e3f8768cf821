import { createRoute, z } from '@hono/zod-openapi'
import { Conditions, Instant } from './params.ts'
import { bearer, body, responses } from './routes.ts'

const Name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}+$/u, 'printable text')

/** A segment that an admin saved: the people who meet every condition, as they are now. */
export const SavedSegment = z
  .object({
    id: z.number(),
    name: z.string(),
    conditions: Conditions,
    createdAt: Instant,
    /** Telegram id of the admin. */
    createdBy: z.number(),
  })
  .openapi('SavedSegment')
export type SavedSegment = z.infer<typeof SavedSegment>

const rules =
  'Conditions are of scope `user` and joined by AND; one on `segment` is `eq` or `ne` and names segments, built-in or saved, none of which rests on the segment itself. A name is unique and not that of a built-in segment; `segment eq <name>` then works in every condition.'
const params = z.object({ id: z.string().regex(/^\d{1,15}$/, 'the number of a segment') })
const tags = ['Segments']

export const listSavedSegments = createRoute({
  method: 'get',
  path: '/api/segments',
  tags,
  summary: 'Segments that admins saved, by name',
  security: bearer,
  responses: responses(z.object({ segments: z.array(SavedSegment) })),
})

export const createSavedSegment = createRoute({
  method: 'post',
  path: '/api/segments',
  tags,
  summary: 'Save a segment',
  description: rules,
  security: bearer,
  request: body(z.strictObject({ name: Name, conditions: Conditions.min(1) })),
  responses: responses(SavedSegment),
})

export const changeSavedSegment = createRoute({
  method: 'patch',
  path: '/api/segments/{id}',
  tags,
  summary: 'Rename a saved segment or change its conditions',
  description: `${rules} One that others name keeps its name.`,
  security: bearer,
  request: {
    params,
    ...body(z.strictObject({ name: Name.optional(), conditions: Conditions.min(1).optional() })),
  },
  responses: responses(SavedSegment),
})

export const deleteSavedSegment = createRoute({
  method: 'delete',
  path: '/api/segments/{id}',
  tags,
  summary: 'Delete a saved segment',
  description: '409 while other saved segments name it.',
  security: bearer,
  request: { params },
  responses: responses(z.object({ deleted: z.literal(true) })),
})

import { createRoute, z } from '@hono/zod-openapi'
import { isShort } from './params.ts'
import { body, responses } from './routes.ts'

/** Limits of one request; beyond them 413. */
export const ingestLimits = {
  events: 1000,
  users: 1000,
  bytes: 5 * 1024 * 1024,
  propsBytes: 32 * 1024,
} as const

export const TelegramId = z
  .number()
  .int()
  .min(1)
  .max(2 ** 52 - 1)

const Props = z.record(z.string(), z.unknown())

/** Only the fields given change. `createdAt`, `referredBy` and the first `source` are set once. */
export const IngestUser = z
  .strictObject({
    id: TelegramId,
    username: z.string().max(200).nullable().optional(),
    firstName: z.string().max(500).nullable().optional(),
    languageCode: z.string().max(35).nullable().optional(),
    source: z.string().min(1).max(200).optional(),
    referredBy: TelegramId.optional(),
    createdAt: z.string().optional(),
    credits: z.number().int().min(0).optional(),
    props: Props.optional(),
    test: z.boolean().optional(),
  })
  .openapi('IngestUser')
export type IngestUser = z.infer<typeof IngestUser>

export const IngestEvent = z
  .strictObject({
    id: z.string().min(1).refine(isShort, 'at most 200 characters').optional(),
    userId: TelegramId,
    type: z
      .string()
      .min(1)
      .refine(isShort, 'at most 200 characters')
      .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'printable text'),
    at: z.string().optional(),
    props: Props.optional(),
    activity: z.boolean().optional(),
  })
  .openapi('IngestEvent')
export type IngestEvent = z.infer<typeof IngestEvent>

export const IngestAnswer = z
  .object({
    accepted: z.number(),
    duplicates: z.number(),
    rejected: z.array(
      z.object({
        index: z.number(),
        kind: z.enum(['event', 'user']),
        code: z.literal('invalid_params'),
        message: z.string(),
      }),
    ),
  })
  .openapi('IngestAnswer')
export type IngestAnswer = z.infer<typeof IngestAnswer>

/** Described for the API page; the body is parsed by the writing thread, element by element, so one bad element rejects only itself. */
export const ingest = createRoute({
  method: 'post',
  path: '/api/ingest',
  tags: ['Ingest'],
  summary: 'Post users and events of any bot',
  description:
    'Users are applied before events. What is answered as accepted is on disk; a stat read 2 s later includes it.',
  security: [{ ingestKey: [] }],
  request: body(
    z.strictObject({ users: z.array(IngestUser).optional(), events: z.array(IngestEvent).optional() }),
  ),
  responses: responses(IngestAnswer),
})

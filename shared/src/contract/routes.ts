import { createRoute, z as schema, type z } from '@hono/zod-openapi'
import { errorStatus } from './errors.ts'

const ErrorAnswer = schema
  .object({
    error: schema.object({
      code: schema.enum(Object.keys(errorStatus) as [keyof typeof errorStatus]),
      message: schema.string(),
      field: schema.string().optional(),
      detail: schema.string().optional(),
      requestId: schema.string(),
    }),
  })
  .openapi('Error')

const refused = {
  description: 'Refused: 400 malformed, 401, 403, 404, 409, 413, 422 invalid_params, 429, 504',
  content: { 'application/json': { schema: ErrorAnswer } },
}

/** A JSON answer with its schema. */
export function answer<S extends z.ZodType>(body: S, description = 'Done') {
  return { description, content: { 'application/json': { schema: body } } }
}

/** A JSON request body with its schema; required, so that an empty one is refused. */
export function body<S extends z.ZodType>(content: S) {
  return { body: { required: true as const, content: { 'application/json': { schema: content } } } }
}

/** Answers shared by every route: the success with its schema, and the one error shape. */
export function responses<S extends z.ZodType>(success: S) {
  return { 200: answer(success), default: refused }
}

export const bearer = [{ session: [] }]

interface StatText {
  summary: string
  /** The definition in one or two sentences, as metrics.md has it; also the help text of the API page. */
  description: string
}

/** A stat asked by GET with its range in the query. */
export function getStat<P extends string, Q extends z.ZodObject, A extends z.ZodType>(
  path: P,
  parts: { query: Q; answer: A } & StatText,
) {
  const { query, answer: success, ...text } = parts
  return createRoute({
    method: 'get',
    path,
    tags: ['Stats'],
    security: bearer,
    request: { query },
    responses: responses(success),
    ...text,
  })
}

/** A stat asked by POST with its definition in the body. */
export function postStat<P extends string, B extends z.ZodType, A extends z.ZodType>(
  path: P,
  parts: { body: B; answer: A } & StatText,
) {
  const { body: content, answer: success, ...text } = parts
  return createRoute({
    method: 'post',
    path,
    tags: ['Stats'],
    security: bearer,
    request: body(content),
    responses: responses(success),
    ...text,
  })
}

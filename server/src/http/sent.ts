import type { z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { Env } from '../context.ts'

/** A route of the contract, as far as its answer goes. */
interface Answering<A extends z.ZodType> {
  responses: { 200: { content: { 'application/json': { schema: A } } } }
}

/**
 * Sends what a scanning thread or a stat answered.
 * @NOTE The service answers JSON text of the route's own schema; parsing it again would only cost.
 */
export function sent<A extends z.ZodType>(c: Context<Env>, _route: Answering<A>, text: string) {
  const response = c.body(text, 200, { 'content-type': 'application/json' })
  return response as unknown as TypedResponse<z.input<A>, 200, 'json'>
}

import { health, healthPeople } from '@botdeck/shared/contract/stats/health'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx, Env } from '../context.ts'
import { healthOf, healthPeopleOf } from './health.ts'

/** The health page, for admins; `system/health.ts` is for whoever watches the process. */
export function healthStatRoutes(ctx: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(health, async (c) => c.json(await healthOf(ctx, c.req.valid('query')), 200))
    .openapi(healthPeople, async (c) => c.json(await healthPeopleOf(ctx, c.req.valid('query')), 200))
}

import { AppError } from '@botdeck/shared/contract/errors'
import { ingest, ingestLimits } from '@botdeck/shared/contract/ingest'
import { live } from '@botdeck/shared/contract/live'
import { OpenAPIHono } from '@hono/zod-openapi'
import { requestId } from 'hono/request-id'
import type { Ctx, Env } from './context.ts'
import { experimentRoutes } from './experiments/routes.ts'
import { fileRoutes } from './files/routes.ts'
import { healthStatRoutes } from './health/routes.ts'
import { authenticate, authorize } from './http/auth.ts'
import { jsonBody, limitBody } from './http/body.ts'
import { errorHandler, refusal } from './http/errors.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { statRoutes } from './http/stat-routes.ts'
import { refuseFaults } from './http/validation.ts'
import { ingestRoutes } from './ingest/routes.ts'
import { liveRoutes } from './live/routes.ts'
import { panelRoutes } from './panel/routes.ts'
import { segmentRoutes } from './segments/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { docsPage } from './system/docs-page.ts'
import { apiDocument } from './system/document.ts'
import { healthRoutes } from './system/health.ts'
import { createMetrics } from './system/metrics.ts'
import { miniAppRoutes } from './system/mini-app.ts'
import { userRoutes } from './users/routes.ts'

/** Areas of admins: every route under them needs a session whose role may read. */
const guarded = [
  '/api/panel',
  '/api/event-types',
  '/api/users/*',
  '/api/stats/*',
  '/api/live',
  '/api/segments/*',
  '/api/experiments/*',
]
const writes = ['POST', 'PATCH', 'DELETE']
const maxBodyBytes = 1024 * 1024

/**
 * The application: everything that a request passes, in its order. A refusal is decided in the order 413 (size),
 * 400 (JSON), 401 (session), 403 (role), 422 (the routes' schemas), 404 (the handlers).
 */
export function createApp(ctx: Ctx) {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseFaults })
  const metrics = createMetrics(ctx)
  app.onError(errorHandler(ctx))
  app.notFound((c) => refusal(c, new AppError('not_found', 'There is nothing here')))

  app.use(requestId(), requestLog(ctx), metrics.measure, securityHeaders(ctx.environment.FRAME_ORIGINS))
  app.use('/api/ingest', limitBody(ingestLimits.bytes))
  for (const area of ['/api/session', ...guarded]) app.use(area, limitBody(maxBodyBytes), jsonBody)
  app.delete('/api/session', authenticate(ctx))
  for (const area of guarded) app.use(area, authenticate(ctx), authorize('read'))
  app.on(writes, '/api/segments/*', authorize('saveSegments'))
  app.on(writes, '/api/experiments/*', authorize('runExperiments'))

  const routes = app
    .route('/', sessionRoutes(ctx))
    .route('/', panelRoutes(ctx))
    .route('/', userRoutes(ctx))
    .route('/', statRoutes(ctx))
    .route('/', healthStatRoutes(ctx))
    .route('/', segmentRoutes(ctx))
    .route('/', experimentRoutes(ctx))

  app.openAPIRegistry.registerPath(ingest)
  app.openAPIRegistry.registerPath(live)
  app.route('/', ingestRoutes(ctx))
  app.route('/', liveRoutes(ctx))
  app.route('/', fileRoutes(ctx))
  app.route('/', healthRoutes(ctx))
  app.route('/', metrics.routes)
  const document = apiDocument(app)
  app.get('/api/openapi.json', (c) => c.json(document))
  app.get('/api/docs', (c) => c.html(docsPage(document)))
  app.route('/', miniAppRoutes(ctx.environment.FRAME_ORIGINS))
  return routes
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '@botdeck/shared/contract/errors'
import { Hono, type MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Ctx, Env } from '../context.ts'
import { bearerOf } from '../http/auth.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** What the process measures of itself, for Prometheus: one registry an application. */
export function createMetrics({ environment, stats }: Ctx) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'botdeck_http_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'botdeck_scans_waiting',
    help: 'Scans that wait for a thread.',
    registers: [registry],
    collect() {
      this.set(stats.health().waiting)
    },
  })
  new Gauge({
    name: 'botdeck_scan_timeouts_total',
    help: 'Scans ended at their limit since the start.',
    registers: [registry],
    collect() {
      this.set(stats.health().timeouts)
    },
  })

  const measure: MiddlewareHandler<Env> = async (c, next) => {
    const end = requests.startTimer()
    await next()
    end({ method: c.req.method, route: routePath(c), status: c.res.status })
  }

  const routes = new Hono<Env>().get('/metrics', async (c) => {
    const token = environment.METRICS_TOKEN
    if (token === undefined) throw new AppError('not_found', 'There is nothing here')
    if (!timingSafeEqual(digest(bearerOf(c.req.header('authorization'))), digest(token)))
      throw new AppError('unauthenticated', 'The token is not that of METRICS_TOKEN')
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })
  return { measure, routes }
}

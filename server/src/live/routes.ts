import { roleOf } from '@botdeck/shared/actions/admins'
import { findPanelSession } from '@botdeck/shared/actions/panel-sessions'
import { AppError } from '@botdeck/shared/contract/errors'
import { can } from '@botdeck/shared/domain/roles'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { AdminOfRequest, Ctx, Env } from '../context.ts'

/** Comments in between keep proxies from closing a stream that has nothing to say. */
const heartbeatMs = 15_000
const retryAfterSeconds = '30'

/** Writes states one after the other; of those that come while one is on its way the latest alone. */
function writer(stream: SSEStreamingApi): (state: string) => void {
  let waiting: string | null = null
  let writing = false
  return async (state) => {
    waiting = state
    if (writing) return
    writing = true
    while (waiting !== null) {
      const data: string = waiting
      waiting = null
      await stream.writeSSE({ event: 'now', data })
    }
    writing = false
  }
}

/** Whether the session lives still, and its admin may read. */
async function mayListen({ db, clock }: Ctx, { tokenHash, telegramId }: AdminOfRequest): Promise<boolean> {
  if (!(await findPanelSession(db, tokenHash, clock()))) return false
  const role = await roleOf(db, telegramId)
  return role !== undefined && can(role, 'read')
}

/** What `contract/live.ts` says. */
export function liveRoutes(ctx: Ctx) {
  return new Hono<Env>().get('/api/live', (c) => {
    if (ctx.live.full) {
      c.header('Retry-After', retryAfterSeconds)
      throw new AppError('rate_limited', 'Too many live streams are open: try again later')
    }
    c.header('X-Accel-Buffering', 'no')
    const admin = c.get('admin')
    return streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>()
      stream.onAbort(() => ended.resolve())
      const leave = ctx.live.listen({
        admitted: () => mayListen(ctx, admin),
        tell: writer(stream),
        end: () => ended.resolve(),
      })
      const heartbeat = setInterval(() => void stream.write(': here\n\n'), heartbeatMs)
      await ended.promise
      clearInterval(heartbeat)
      leave()
    })
  })
}

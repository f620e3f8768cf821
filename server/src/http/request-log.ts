import type { MiddlewareHandler } from 'hono'
import type { Ctx, Env } from '../context.ts'

/** Links to files carry their key in the path. */
const withoutSecrets = (path: string) => path.replace(/^\/api\/files\/.+/, '/api/files/…')

/** One line a request: no query, no headers, no body. Reads that went well are for debugging alone. */
export function requestLog({ logger, clock }: Ctx): MiddlewareHandler<Env> {
  return async (c, next) => {
    const begun = clock()
    await next()
    const { status } = c.res
    const quiet = status < 400 && c.req.method === 'GET'
    logger[quiet ? 'debug' : 'info'](
      {
        requestId: c.get('requestId'),
        method: c.req.method,
        path: withoutSecrets(c.req.path),
        status,
        ms: clock() - begun,
      },
      'request',
    )
  }
}

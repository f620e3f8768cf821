import { AppError } from '@botdeck/shared/contract/errors'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Env } from '../context.ts'

/** Refuses larger bodies with 413, before anything else is looked at. */
export function limitBody(bytes: number): MiddlewareHandler<Env> {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new AppError('payload_too_large', `A request has at most ${bytes} bytes`)
    },
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The body as text; throws `malformed` where it is no UTF-8, instead of keeping signs that nobody sent. */
export async function textOf(request: { arrayBuffer(): Promise<ArrayBuffer> }): Promise<string> {
  const bytes = await request.arrayBuffer()
  try {
    return utf8.decode(bytes)
  } catch {
    throw new AppError('malformed', 'The body is not UTF-8')
  }
}

/** Parses JSON, or throws `malformed`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed', 'The body is not JSON')
  }
}

/**
 * Refuses a body that is no JSON before anybody asks who sent it. What is JSON counts as JSON whatever its
 * content type says: scripts often forget the header.
 */
export const jsonBody: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method === 'POST' || c.req.method === 'PATCH') {
    parseJson(await textOf(c.req))
    c.req.raw.headers.set('content-type', 'application/json')
  }
  await next()
}

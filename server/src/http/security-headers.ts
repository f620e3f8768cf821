import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from '../context.ts'

/**
 * Headers of every answer. Frames are wanted, from the listed origins alone, so there is no `X-Frame-Options`: it
 * knows only all or nothing. Pictures may come from https because senders of events name them by their address.
 */
export function securityHeaders(frameOrigins: readonly string[]): MiddlewareHandler<Env> {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: frameOrigins.length > 0 ? [...frameOrigins] : ["'none'"],
    },
    xFrameOptions: false,
    xXssProtection: false,
    crossOriginOpenerPolicy: false,
    referrerPolicy: 'no-referrer',
  })
}

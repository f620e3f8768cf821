import { AppError } from '@botdeck/shared/contract/errors'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Env } from '../context.ts'

/** What may be asked within a minute. */
export interface Limits {
  /** Throws `rate_limited` for an address that had 300 sessions refused within the minute. */
  refusedSessions(c: Context<Env>): Promise<void>
  /** Counts a refused session. */
  countRefused(c: Context<Env>): Promise<void>
  /** Counts a request of a session token: 6,000. */
  request(c: Context<Env>, tokenHash: string): Promise<void>
  /** Counts a request of an ingest key: 1,200. */
  ingest(c: Context<Env>, keyId: number): Promise<void>
}

const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 })

function isOwnNetwork(address: string): boolean {
  return /^(::1$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(
    address.replace(/^::ffff:/, ''),
  )
}

/**
 * The address that a request comes from. A proxy is believed only where it is the peer itself, on our own network,
 * and only for the last address it names, which is the one it saw.
 */
function addressOf(c: Context<Env>): string {
  const peer = c.env?.incoming ? (getConnInfo(c).remote.address ?? 'unknown') : 'unknown'
  const named = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return named && isOwnNetwork(peer) ? named : peer
}

function refuse(c: Context<Env>, msBeforeNext: number): never {
  c.header('Retry-After', String(Math.max(1, Math.ceil(msBeforeNext / 1000))))
  throw new AppError('rate_limited', 'Too many requests: wait and try again')
}

async function take(c: Context<Env>, limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (error instanceof RateLimiterRes) refuse(c, error.msBeforeNext)
    throw error
  }
}

const unlimited: Limits = {
  refusedSessions: async () => {},
  countRefused: async () => {},
  request: async () => {},
  ingest: async () => {},
}

/** Limits in the memory of this process; `off` lifts them. */
export function createLimits(state: 'on' | 'off'): Limits {
  if (state === 'off') return unlimited
  const refused = perMinute(300)
  const requests = perMinute(6000)
  const ingest = perMinute(1200)
  return {
    async refusedSessions(c) {
      const seen = await refused.get(addressOf(c))
      if (seen && seen.remainingPoints <= 0) refuse(c, seen.msBeforeNext)
    },
    async countRefused(c) {
      await refused.penalty(addressOf(c))
    },
    request: (c, tokenHash) => take(c, requests, tokenHash),
    ingest: (c, keyId) => take(c, ingest, String(keyId)),
  }
}

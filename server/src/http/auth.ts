import { createHash } from 'node:crypto'
import { roleOf } from '@botdeck/shared/actions/admins'
import { findPanelSession, needsRenewal, renewPanelSession } from '@botdeck/shared/actions/panel-sessions'
import { AppError } from '@botdeck/shared/contract/errors'
import { can, type Permission } from '@botdeck/shared/domain/roles'
import type { MiddlewareHandler } from 'hono'
import type { Ctx, Env } from '../context.ts'

/** What the database knows a token by. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token of an `Authorization: Bearer …` header; throws `unauthenticated` without one. */
export function bearerOf(header: string | undefined): string {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) throw new AppError('unauthenticated', 'A bearer token is required')
  return token
}

/**
 * Proves the session and looks the role up anew, so that who is removed is out with the next request.
 * Throws `unauthenticated` without a living session and `forbidden` for a person who is no admin any more.
 */
export function authenticate({ db, clock, limits }: Ctx): MiddlewareHandler<Env> {
  return async (c, next) => {
    const tokenHash = hashOfToken(bearerOf(c.req.header('authorization')))
    const now = clock()
    const session = await findPanelSession(db, tokenHash, now)
    if (!session) throw new AppError('unauthenticated', 'The session is unknown or has ended')
    await limits.request(c, tokenHash)
    const { telegramId, firstName, username } = session
    const role = await roleOf(db, telegramId)
    if (!role) throw new AppError('forbidden', 'You are no admin of this bot')
    if (needsRenewal(session, now)) await db.transaction((tx) => renewPanelSession(tx, session, now))
    c.set('admin', { telegramId, firstName, username, role, tokenHash })
    await next()
  }
}

/** Refuses admins whose role does not hold the permission. */
export function authorize(permission: Permission): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!can(c.get('admin').role, permission))
      throw new AppError('forbidden', 'Your role does not allow this')
    await next()
  }
}

import { randomBytes } from 'node:crypto'
import { roleOf } from '@botdeck/shared/actions/admins'
import { closePanelSession, openPanelSession } from '@botdeck/shared/actions/panel-sessions'
import { AppError } from '@botdeck/shared/contract/errors'
import { createSession, endSession, type Session } from '@botdeck/shared/contract/session'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx, Env } from '../context.ts'
import { hashOfToken } from '../http/auth.ts'
import { provenUser } from '../http/init-data.ts'

/** Proves a person by their init data and opens a session. Throws `unauthenticated` or, for no admin, `forbidden`. */
async function openSession({ db, environment, clock }: Ctx, initData: string): Promise<Session> {
  const now = clock()
  const { BOT_TOKEN: botToken, INIT_DATA_MAX_AGE: maxAgeS } = environment
  const user = botToken === undefined ? null : provenUser(initData, { botToken, now, maxAgeS })
  if (!user) throw new AppError('unauthenticated', 'The launch data proves nobody: open the panel anew')
  const role = await roleOf(db, user.id)
  if (!role) throw new AppError('forbidden', 'You are no admin of this bot')
  const token = randomBytes(32).toString('base64url')
  const { id, first_name: firstName, username } = user
  const { expiresAt } = await db.transaction((tx) =>
    openPanelSession(
      tx,
      { tokenHash: hashOfToken(token), telegramId: id, firstName, username: username ?? null },
      now,
    ),
  )
  const named = { id, firstName, ...(username === undefined ? {} : { username }), role }
  return { token, expiresAt: new Date(expiresAt).toISOString(), user: named }
}

/** Sessions: made from init data, ended by their token. Refusals are counted by address. */
export function sessionRoutes(ctx: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(createSession, async (c) => {
      await ctx.limits.refusedSessions(c)
      try {
        return c.json(await openSession(ctx, c.req.valid('json').initData), 200)
      } catch (error) {
        if (error instanceof AppError) await ctx.limits.countRefused(c)
        throw error
      }
    })
    .openapi(endSession, async (c) => {
      await ctx.db.transaction((tx) => closePanelSession(tx, c.get('admin').tokenHash))
      return c.json({ ended: true as const }, 200)
    })
}

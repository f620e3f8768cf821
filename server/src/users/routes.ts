import { getUserSessions } from '@botdeck/shared/contract/user-sessions'
import { getTimeline, getUser, listUsers } from '@botdeck/shared/contract/users'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx, Env } from '../context.ts'
import { fileLink } from '../files/links.ts'
import { sent } from '../http/sent.ts'
import { personDetail, personWithId } from './detail.ts'
import { listLatest } from './list.ts'
import { userSessions } from './sessions.ts'
import { timelineOf } from './timeline.ts'

/** People: the list, one of them, and what they did. */
export function userRoutes({ db, clock, fileKey, stats }: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(listUsers, async (c) => {
      const query = c.req.valid('query')
      const latest = await listLatest(db, query)
      return latest ? c.json(latest, 200) : sent(c, listUsers, await stats.list(query))
    })
    .openapi(getUser, async (c) => c.json(await personDetail(db, c.req.valid('param').id, clock()), 200))
    .openapi(getTimeline, async (c) => {
      const { uid } = await personWithId(db, c.req.valid('param').id)
      const linkTo = (fileId: string) => fileLink(fileKey, fileId, clock())
      return c.json(await timelineOf(db, uid, { query: c.req.valid('query'), linkTo }), 200)
    })
    .openapi(getUserSessions, async (c) => {
      const { uid } = await personWithId(db, c.req.valid('param').id)
      return c.json(await userSessions(db, uid, c.req.valid('query')), 200)
    })
}

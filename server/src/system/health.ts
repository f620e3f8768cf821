import { isMigrated } from '@botdeck/shared/db/migrate'
import { Hono } from 'hono'
import type { Ctx, Env } from '../context.ts'

async function unready({ db, logger }: Ctx): Promise<string | null> {
  try {
    return (await isMigrated(db)) ? null : 'the database is not migrated'
  } catch (error) {
    logger.error({ err: error }, 'not ready')
    return 'the database cannot be reached'
  }
}

/** For whoever watches the process: `/healthz` says that it is up, `/readyz` that it can serve. */
export function healthRoutes(ctx: Ctx) {
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ status: 'up' }))
    .get('/readyz', async (c) => {
      const reason = await unready(ctx)
      return reason === null ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', reason }, 503)
    })
}

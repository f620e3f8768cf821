import { isMigrated } from '@botdeck/shared/db/migrate'
import { Hono } from 'hono'
import type { Ctx, Env } from '../context.ts'

/** Cells of before the last stop are no answer: the roll-up must have looked once at what came since. */
function isBehind({ monitor }: Ctx): boolean {
  const rollup = monitor.rollup()
  return rollup?.state === 'starting' && rollup.failure === null
}

async function unready(ctx: Ctx): Promise<string | null> {
  const { db, logger } = ctx
  try {
    if (!(await isMigrated(db))) return 'the database is not migrated'
    return isBehind(ctx) ? 'the roll-up starts' : null
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

import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { prepareDb } from '@botdeck/shared/actions/prepare'
import type { Environment } from '@botdeck/shared/config/environment'
import { AppError } from '@botdeck/shared/contract/errors'
import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from './app.ts'
import type { Ctx } from './context.ts'
import { fileKeyOf } from './files/links.ts'
import { createMonitor } from './health/monitor.ts'
import { createLimits } from './http/rate-limit.ts'
import { startIngestWriter } from './ingest/writer.ts'
import { scheduleJobs } from './jobs/schedule.ts'
import { createLiveFeed } from './live/feed.ts'
import type { Logger } from './logger.ts'
import { type Rollup, startRollup } from './rollup/index.ts'
import { createStats } from './stats/service.ts'
import { createTelegram } from './telegram.ts'

export interface RunningServer {
  /** Where it listens. */
  url: string
  /** Answers what was asked, ends every thread, closes the database. */
  stop(): Promise<void>
}

type HttpServer = ReturnType<typeof createAdaptorServer>

/** How long a stop waits for answers under way. */
const drainMs = 10_000
/** How long a start waits for the roll-up. */
const startMs = 5_000

function listen(server: HttpServer, { PORT, HOST }: Environment): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError('conflict', `Port ${PORT} is taken: set PORT to a free one`, { field: 'PORT' })
          : error,
      ),
    )
    server.listen(PORT, HOST, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the server has no address'))
      else resolve(address)
    })
  })
}

async function stopListening(server: HttpServer): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  const late = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
  }, drainMs)
  await closed
  clearTimeout(late)
}

/** Waits for the roll-up to have looked at the log once, but not for long: a first generation is built while we serve. */
async function lookedOnce(rollup: Rollup): Promise<void> {
  const deadline = Date.now() + startMs
  while (rollup.health().state === 'starting' && !rollup.health().failure && Date.now() < deadline)
    await wait(20)
}

/** What handlers depend on, over an open database. */
function createContext(db: Db, environment: Environment, logger: Logger): Ctx {
  const clock = Date.now
  const { DATABASE_URL: url, BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, RATE_LIMIT } = environment
  const stats = createStats({ db, url, clock, logger })
  return {
    db,
    environment,
    clock,
    logger,
    stats,
    live: createLiveFeed({ ask: () => stats.answer('now', {}), logger }),
    monitor: createMonitor(clock),
    ingest: startIngestWriter({ url, logger }),
    telegram: createTelegram({ apiRoot, token, clock, logger }),
    limits: createLimits(RATE_LIMIT),
    fileKey: fileKeyOf(token),
  }
}

/**
 * Starts the server: the database is migrated, the threads are started, then it listens. Telegram is not asked.
 * Throws `AppError` for what an operator can mend.
 */
export async function startServer(environment: Environment, logger: Logger): Promise<RunningServer> {
  const db = openDb(environment.DATABASE_URL)
  await prepareDb(db, environment, Date.now())
  const ctx = createContext(db, environment, logger)
  const server = createAdaptorServer({ fetch: createApp(ctx).fetch })
  const closeThreads = () => Promise.all([ctx.ingest.close(), ctx.stats.close()])
  let address: AddressInfo
  try {
    address = await listen(server, environment)
  } catch (error) {
    ctx.monitor.close()
    await closeThreads()
    await db.close()
    throw error
  }
  const rollup = startRollup({ url: environment.DATABASE_URL, logger })
  ctx.stats.warmUp()
  await lookedOnce(rollup)
  ctx.monitor.watchRollup(() => rollup.health())
  const schedule = scheduleJobs({ db, clock: ctx.clock, logger })
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    async stop() {
      await ctx.live.close()
      ctx.monitor.close()
      await stopListening(server)
      await schedule.stop()
      await closeThreads()
      await rollup.stop()
      await db.close()
    },
  }
}

import { addAdmin } from '@botdeck/shared/actions/admins'
import { createIngestKey } from '@botdeck/shared/actions/ingest-keys'
import { readEnvironment } from '@botdeck/shared/config/environment'
import type { Role } from '@botdeck/shared/domain/roles'
import { onBothEngines, type TestDb } from '@botdeck/shared/testing/engines'
import { pino } from 'pino'
import { afterEach, beforeEach } from 'vitest'
import { createApp } from '../app.ts'
import { fileKeyOf } from '../files/links.ts'
import { createMonitor, type Monitor } from '../health/monitor.ts'
import { createLimits } from '../http/rate-limit.ts'
import { type IngestWriter, startIngestWriter } from '../ingest/writer.ts'
import { createLiveFeed, type LiveFeed } from '../live/feed.ts'
import { createStats, type StatsService } from '../stats/service.ts'
import { createTelegram } from '../telegram.ts'
import { botToken, initDataOf } from './init-data.ts'

/** Now, unless a test moves it: a Wednesday noon in UTC. */
export const noon = Date.parse('2026-05-13T12:00:00Z')

interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of an answer, whatever its shape
  body: any
}

export interface Stage extends TestDb {
  /** The clock of the application; a test may set it. */
  now: number
  /** Settings of the environment beyond a bot's token; set before the first request. */
  variables: Record<string, string>
  request(method: string, path: string, more?: { body?: unknown; token?: string }): Promise<Answer>
  /** What is sent is read by the test, as it comes. */
  open(path: string, token?: string): Promise<Response>
  /** A session of an admin with this role. */
  signIn(role?: Role, telegramId?: number): Promise<string>
  /** Posts a batch with a valid key. */
  post(batch: unknown): Promise<Answer>
}

interface Parts {
  app: ReturnType<typeof createApp>
  ingest: IngestWriter
  stats: StatsService
  live: LiveFeed
  monitor: Monitor
}

function build(test: TestDb, stage: Stage): Parts {
  const { db, url } = test
  const logger = pino({ level: 'silent' })
  const environment = readEnvironment({ BOT_TOKEN: botToken, ...stage.variables })
  const clock = () => stage.now
  const ingest = startIngestWriter({ url, logger })
  const stats = createStats({ db, url, clock, logger, threads: 1 })
  const live = createLiveFeed({ ask: () => stats.answer('now', {}), logger, everyMs: 20 })
  const monitor = createMonitor(clock)
  const { TELEGRAM_API_ROOT: apiRoot, RATE_LIMIT } = environment
  const app = createApp({
    db,
    environment,
    clock,
    logger,
    stats,
    live,
    monitor,
    ingest,
    telegram: createTelegram({ apiRoot, token: botToken, clock, logger }),
    limits: createLimits(RATE_LIMIT),
    fileKey: fileKeyOf(botToken),
  })
  return { app, ingest, stats, live, monitor }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const json = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
}

/** Runs a suite on the whole application over a real database of either engine. */
export function onStage(name: string, suite: (stage: Stage) => void): void {
  onBothEngines(name, (test) => {
    let parts: Parts | undefined
    let key: string | undefined

    const stage: Stage = {
      get db() {
        return test.db
      },
      get url() {
        return test.url
      },
      now: noon,
      variables: {},
      async request(method, path, { body, token } = {}) {
        parts ??= build(test, stage)
        const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
        const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
        const init = body === undefined ? { method, headers } : { method, headers, body: raw }
        return answerOf(await parts.app.request(path, init))
      },
      async open(path, token) {
        parts ??= build(test, stage)
        return parts.app.request(path, {
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        })
      },
      async signIn(role = 'owner', telegramId = 1000) {
        await test.db.transaction((tx) => addAdmin(tx, { telegramId, role, addedBy: 'test' }, stage.now))
        const initData = initDataOf({ id: telegramId, first_name: 'Alex', username: 'alex' }, stage.now)
        const { body } = await stage.request('POST', '/api/session', { body: { initData } })
        return body.token
      },
      async post(batch) {
        key ??= await test.db.transaction((tx) => createIngestKey(tx, 'test', stage.now))
        return stage.request('POST', '/api/ingest', { body: batch, token: key })
      },
    }

    beforeEach(() => {
      stage.now = noon
      stage.variables = {}
    })

    afterEach(async () => {
      await parts?.live.close()
      parts?.monitor.close()
      await parts?.ingest.close()
      await parts?.stats.close()
      parts = undefined
      key = undefined
    })

    suite(stage)
  })
}

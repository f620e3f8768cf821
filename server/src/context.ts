import type { Environment } from '@botdeck/shared/config/environment'
import type { Db } from '@botdeck/shared/db/db'
import type { Role } from '@botdeck/shared/domain/roles'
import type { HttpBindings } from '@hono/node-server'
import type { Monitor } from './health/monitor.ts'
import type { Limits } from './http/rate-limit.ts'
import type { IngestWriter } from './ingest/writer.ts'
import type { LiveFeed } from './live/feed.ts'
import type { Logger } from './logger.ts'
import type { StatsService } from './stats/service.ts'
import type { Telegram } from './telegram.ts'

/** Everything that handlers depend on, built once by `server.ts` or by a test. */
export interface Ctx {
  readonly db: Db
  readonly environment: Environment
  /** Now, in ms. */
  readonly clock: () => number
  readonly logger: Logger
  readonly stats: StatsService
  readonly live: LiveFeed
  readonly monitor: Monitor
  readonly ingest: IngestWriter
  readonly telegram: Telegram
  readonly limits: Limits
  /** Signs links to files; a secret that only this installation has. */
  readonly fileKey: Buffer
}

/** Who asks: proven by the session, with the role of this very request. */
export interface AdminOfRequest {
  telegramId: number
  firstName: string
  username: string | null
  role: Role
  /** Names the session without being able to open it. */
  tokenHash: string
}

/** What Hono carries through a request. */
export interface Env {
  Bindings: Partial<HttpBindings>
  Variables: { requestId: string; admin: AdminOfRequest }
}

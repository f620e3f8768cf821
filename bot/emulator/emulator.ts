import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { FaultScript } from './bot-api/faults.ts'
import { botApiRoutes } from './bot-api/routes.ts'
import { WebhookDelivery } from './bot-api/webhook-delivery.ts'
import { createPerson } from './control/acting.ts'
import { pageRoutes } from './control/page-routes.ts'
import { controlRoutes } from './control/routes.ts'
import { autosave } from './world/autosave.ts'
import type { NewPerson } from './world/people.ts'
import { createWorld, type World, type WorldOptions } from './world/world.ts'

export interface EmulatorOptions extends WorldOptions {
  /** People who exist from the start, admins for instance. */
  people?: NewPerson[]
  /** Where the state is kept over restarts; without it in memory alone. */
  statePath?: string
  /** First pause after a failed webhook delivery. */
  webhookRetryMs?: number
  log?: (line: string) => void
}

interface Emulator {
  app: Hono
  world: World
  faults: FaultScript
  /** Ends polls that wait and deliveries under way, and saves the state. */
  stop: () => Promise<void>
}

export interface RunningEmulator extends Emulator {
  /** `http://127.0.0.1:<port>`: the bot's API root and the page. */
  url: string
  port: number
}

/** The stand-in for Telegram around one bot, not yet listening. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const log = options.log ?? (() => {})
  const world = createWorld(options)
  const faults = new FaultScript()
  const save = options.statePath === undefined ? () => {} : autosave(world, options.statePath, log)
  for (const person of options.people ?? []) createPerson(world, person)
  const delivery = new WebhookDelivery(world, faults, { retryMs: options.webhookRetryMs ?? 1_000, log })
  const app = new Hono()
    .route('/emulator/api', controlRoutes(world, faults))
    .route('/', botApiRoutes(world, faults))
    .route('/', pageRoutes())
    .onError((error, c) => {
      log(`${c.req.method} ${c.req.path.replace(world.token, '<token>')}: ${error.stack ?? error.message}`)
      return c.json({ ok: false, error_code: 500, description: 'Internal Server Error' }, 500)
    })
  const stop = async () => {
    world.updates.release()
    await delivery.stop()
    save()
  }
  return { app, world, faults, stop }
}

/** Listens on the loopback address alone; port 0 takes a free one. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions, port = 0): Promise<RunningEmulator> {
  const emulator = createEmulator(options)
  const server = serve({ fetch: emulator.app.fetch, port, hostname: '127.0.0.1' })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve)
      server.once('error', reject)
    })
  } catch (error) {
    await emulator.stop()
    throw error
  }
  // A listening TCP server's address is never a pipe's name.
  const address = server.address() as AddressInfo
  const stop = async () => {
    await emulator.stop()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
  return { ...emulator, stop, url: `http://127.0.0.1:${address.port}`, port: address.port }
}

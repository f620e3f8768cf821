import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { Fault, type FaultScript } from '../bot-api/faults.ts'
import { TelegramError } from '../bot-api/telegram-error.ts'
import type { World } from '../world/world.ts'
import { actingRoutes } from './acting-routes.ts'
import { readingRoutes } from './reading-routes.ts'

/** `/emulator/api/*`: what a person can do, what the page needs to draw, and the fault script. */
export function controlRoutes(world: World, faults: FaultScript): Hono {
  return new Hono()
    .route('/', readingRoutes(world))
    .route('/', actingRoutes(world))
    .route('/', faultRoutes(faults))
    .notFound((c) => c.json({ error: 'no such route' }, 404))
    .onError((error, c) => {
      const { status, message } = explain(error)
      return c.json({ error: message }, status)
    })
}

function faultRoutes(faults: FaultScript): Hono {
  return new Hono()
    .get('/faults', (c) => c.json({ faults: faults.list() }))
    .post('/faults', async (c) => {
      faults.add(Fault.parse(await c.req.json()))
      return c.json({ faults: faults.list() })
    })
    .delete('/faults', (c) => {
      faults.clear()
      return c.json({ faults: [] })
    })
}

function explain(error: Error): { status: 400 | 404 | 422 | 500; message: string } {
  if (error instanceof TelegramError)
    return { status: 400, message: error.message.replace('Bad Request: ', '') }
  if (error instanceof z.ZodError) return { status: 422, message: z.prettifyError(error) }
  if (error instanceof HTTPException) return { status: 404, message: error.message }
  if (error instanceof SyntaxError) return { status: 400, message: 'malformed JSON' }
  console.error(error)
  return { status: 500, message: 'internal error' }
}

import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import type { World } from '../world/world.ts'
import type { Call } from './call.ts'
import type { Fault, FaultScript } from './faults.ts'
import { methods } from './methods.ts'
import { readParams } from './params.ts'
import { TelegramError } from './telegram-error.ts'

type Env = { Bindings: Partial<HttpBindings> }

const METHOD_PATH = /^\/bot([^/]+)\/(?:test\/)?([A-Za-z0-9_]+)\/?$/
const FILE_PATH = /^\/file\/bot([^/]+)\/(?:test\/)?(.+)$/
const TOKEN = /^\d+:[\w-]+$/

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`: the Bot API over HTTP. */
export function botApiRoutes(world: World, faults: FaultScript): Hono<Env> {
  return new Hono<Env>()
    .all('/file/*', (c) => serveFile(c, world))
    .all('/*', (c, next) => {
      const match = METHOD_PATH.exec(c.req.path)
      if (!match) return next()
      const [, token = '', method = ''] = match
      return answer(c, { world, faults, token: decodeURIComponent(token), method })
    })
}

interface Request {
  world: World
  faults: FaultScript
  token: string
  method: string
}

async function answer(c: Context<Env>, { world, faults, token, method }: Request): Promise<Response> {
  try {
    checkToken(world, token)
    const params = await readParams(c)
    const fault = faults.next(method, params.integer('chat_id'))
    if (fault?.kind === 'drop_before') return hangUp(c)
    const scripted = fault && scriptedError(fault)
    if (scripted) throw scripted
    const result = await callMethod(method, { world, params, faults, signal: c.req.raw.signal })
    return fault?.kind === 'drop_after' ? hangUp(c) : c.json({ ok: true, result })
  } catch (error) {
    return refusal(error)
  }
}

/** Runs one method by name; 404 when there is none. */
export async function callMethod(name: string, call: Call): Promise<unknown> {
  const method = methods.get(name.toLowerCase())
  if (!method) throw new TelegramError(404, 'Not Found: method not found')
  return method(call)
}

function checkToken(world: World, token: string): void {
  if (!TOKEN.test(token)) throw new TelegramError(404, 'Not Found')
  if (token !== world.token) throw new TelegramError(401, 'Unauthorized')
}

function scriptedError(fault: Fault): TelegramError | undefined {
  switch (fault.kind) {
    case '429':
      return new TelegramError(429, `Too Many Requests: retry after ${fault.retry_after}`, fault.retry_after)
    case '403':
      return new TelegramError(403, 'Forbidden: bot was blocked by the user')
    case '500':
      return new TelegramError(500, 'Internal Server Error')
    default:
      return undefined
  }
}

function hangUp(c: Context<Env>): Response {
  c.env.incoming?.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

function refusal(error: unknown): Response {
  if (!(error instanceof TelegramError)) throw error
  const headers = error.retryAfter === undefined ? {} : { 'retry-after': String(error.retryAfter) }
  return Response.json(error.body(), { status: error.code, headers })
}

function serveFile(c: Context<Env>, world: World): Response {
  const [, token = '', path = ''] = FILE_PATH.exec(c.req.path) ?? []
  try {
    checkToken(world, decodeURIComponent(token))
  } catch (error) {
    return refusal(error)
  }
  const entry = world.files.byPath(decodeURIComponent(path))
  if (!entry) return refusal(new TelegramError(404, 'Not Found'))
  return c.body(new Uint8Array(entry.bytes), 200, { 'content-type': entry.file.mime })
}

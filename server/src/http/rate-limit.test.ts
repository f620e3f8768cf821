import { type Context, Hono } from 'hono'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { Env } from '../context.ts'
import { errorHandler } from './errors.ts'
import { createLimits } from './rate-limit.ts'

type Take = (c: Context<Env>) => Promise<void>

/** An application of one route behind a limit. */
function behind(take: Take) {
  const app = new Hono<Env>()
  app.onError(errorHandler({ logger: pino({ level: 'silent' }), monitor: { countError: () => {} } }))
  return app.get('/', async (c) => {
    await take(c)
    return c.text('passed')
  })
}

/** How many of `asked` requests pass before the first is refused. */
async function passing(asked: number, take: Take): Promise<number> {
  const app = behind(take)
  for (let passed = 0; passed < asked; passed += 1) if ((await app.request('/')).status === 429) return passed
  return asked
}

describe('createLimits', () => {
  it('lets 6,000 requests of a token pass within a minute and tells the next when to come again', async () => {
    const limits = createLimits('on')
    const take: Take = (c) => limits.request(c, 'token')
    expect(await passing(6001, take)).toBe(6000)
    const refused = await behind(take).request('/')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited' } })
  })

  it('lets 1,200 requests of a key pass, each key by itself', async () => {
    const limits = createLimits('on')
    expect(await passing(1201, (c) => limits.ingest(c, 1))).toBe(1200)
    expect(await passing(1, (c) => limits.ingest(c, 2))).toBe(1)
  })

  it('counts only sessions that were refused', async () => {
    const limits = createLimits('on')
    expect(await passing(1000, (c) => limits.refusedSessions(c))).toBe(1000)
    await passing(300, (c) => limits.countRefused(c))
    expect(await passing(1, (c) => limits.refusedSessions(c))).toBe(0)
  })

  it('is lifted by RATE_LIMIT=off', async () => {
    const limits = createLimits('off')
    expect(await passing(1300, (c) => limits.ingest(c, 1))).toBe(1300)
  })
})

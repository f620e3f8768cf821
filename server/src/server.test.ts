import { addAdmin } from '@botdeck/shared/actions/admins'
import { createIngestKey } from '@botdeck/shared/actions/ingest-keys'
import { readEnvironment } from '@botdeck/shared/config/environment'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { pino } from 'pino'
import { afterEach, expect, it } from 'vitest'
import { type RunningServer, startServer } from './server.ts'
import { botToken, initDataOf } from './testing/init-data.ts'

const logger = pino({ level: 'silent' })
const alex = { id: 1000, first_name: 'Alex' }

onBothEngines('startServer', (test) => {
  let server: RunningServer | undefined

  afterEach(async () => {
    await server?.stop()
    server = undefined
  })

  async function start(): Promise<RunningServer> {
    const variables = { BOT_TOKEN: botToken, DATABASE_URL: test.url, PORT: '0', ADMIN_IDS: '1000' }
    server = await startServer(readEnvironment(variables), logger)
    return server
  }

  async function ask(path: string, { body, token }: { body?: unknown; token?: string } = {}) {
    const response = await fetch(`${server?.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: the test states what it expects, whatever the shape
    const answer: any = await response.json()
    return { status: response.status, body: answer }
  }

  it('shows what was posted in the stats and to the owners that the environment names', async () => {
    await start()
    const key = await test.db.transaction((tx) => createIngestKey(tx, 'test', 0))
    const { body: session } = await ask('/api/session', { body: { initData: initDataOf(alex, Date.now()) } })
    const paid = { packageId: 'p', amount: 250, currency: 'XTR', chargeId: 'c' }
    const events = [
      { userId: 42, type: 'started' },
      { userId: 42, type: 'payment_completed', props: paid },
      { userId: 43, type: 'started' },
    ]
    const posted = await ask('/api/ingest', { token: key, body: { events } })
    expect(posted.body).toEqual({ accepted: 3, duplicates: 0, rejected: [] })
    const today = new Date().toISOString().slice(0, 10)
    const overview = async () =>
      (await ask(`/api/stats/overview?from=${today}&to=${today}`, { token: session.token })).body.current
    await expect.poll(async () => (await overview()).active, { timeout: 10_000 }).toBe(2)
    expect(await overview()).toMatchObject({ newUsers: 2, payers: 1, net: { amount: 250, currency: 'XTR' } })
    const funnel = { from: today, to: today, steps: [{ event: 'started' }, { event: 'payment_completed' }] }
    const { body: steps } = await ask('/api/stats/funnel', { token: session.token, body: funnel })
    expect(steps.steps.map((step: { users: number }) => step.users)).toEqual([2, 1])
  })

  it('stops listening when told to, and can be started again', async () => {
    const first = await start()
    expect((await ask('/healthz')).status).toBe(200)
    await first.stop()
    const second = await start()
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200)
    await expect(fetch(`${first.url}/healthz`)).rejects.toThrow()
  })

  it('refuses a port that is taken and leaves nothing running', async () => {
    const { url } = await start()
    const environment = readEnvironment({ DATABASE_URL: test.url, PORT: new URL(url).port })
    await expect(startServer(environment, logger)).rejects.toMatchObject({ code: 'conflict', field: 'PORT' })
    await test.db.transaction((tx) => addAdmin(tx, { telegramId: 7, role: 'owner', addedBy: 'test' }, 0))
  })
})

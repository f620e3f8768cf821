import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebhookInfo } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, openStage, type Stage } from '../testing/stage.ts'

interface Delivery {
  secret: string | string[] | undefined
  update: { update_id: number; message?: { text: string } }
}

let stage: Stage
let server: Server
let deliveries: Delivery[]
let statuses: number[]
let reply: string

beforeEach(async () => {
  stage = await openStage({ webhookRetryMs: 5 })
  deliveries = []
  statuses = []
  reply = ''
  server = createServer(async (request, response) => {
    const update = JSON.parse(await bodyOf(request))
    deliveries.push({ secret: request.headers['x-telegram-bot-api-secret-token'], update })
    response.statusCode = statuses.shift() ?? 200
    response.end(reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await stage.call('setWebhook', { url: `http://127.0.0.1:${port}/hook`, secret_token: 'top_secret' })
})

afterEach(async () => {
  await stage.close()
  server.closeAllConnections()
  server.close()
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function delivered(count: number): Promise<(string | undefined)[]> {
  await expect.poll(() => deliveries.length).toBeGreaterThanOrEqual(count)
  return deliveries.map((delivery) => delivery.update.message?.text)
}

describe('a webhook', () => {
  it('gets updates in order with its secret', async () => {
    for (const text of ['one', 'two', 'three']) await stage.client.sendText(ANN, text)
    expect(await delivered(3)).toEqual(['one', 'two', 'three'])
    expect(deliveries.map((delivery) => delivery.secret)).toEqual(['top_secret', 'top_secret', 'top_secret'])
    await expect
      .poll(async () => (await stage.call<WebhookInfo>('getWebhookInfo')).body.result.pending_update_count)
      .toBe(0)
  })

  it('gets an update again until it answers 2xx, and later ones wait', async () => {
    statuses = [500, 503]
    await stage.client.sendText(ANN, 'one')
    await stage.client.sendText(ANN, 'two')
    expect(await delivered(4)).toEqual(['one', 'one', 'one', 'two'])
    const { body } = await stage.call<WebhookInfo>('getWebhookInfo')
    expect(body.result.last_error_message).toBe('Wrong response from the webhook: 503 Service Unavailable')
  })

  it('gets an update again when its answer is lost', async () => {
    await stage.client.addFault({ method: 'webhook', kind: 'drop_after' })
    await stage.client.sendText(ANN, 'one')
    expect(await delivered(2)).toEqual(['one', 'one'])
    expect(deliveries[0]?.update.update_id).toBe(deliveries[1]?.update.update_id)
  })

  it('may answer with a call', async () => {
    reply = JSON.stringify({ method: 'sendMessage', chat_id: ANN, text: 'by answer' })
    await stage.client.sendText(ANN, 'one')
    await stage.client.waitForMessage(ANN, (m) => m.text === 'by answer')
  })
})

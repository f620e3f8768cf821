import type { Update } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, openStage, type Stage } from '../testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

async function texts(params: object): Promise<string[]> {
  const { body } = await stage.call<Update[]>('getUpdates', params)
  return body.result.map((update) => update.message?.text ?? 'other')
}

async function firstId(): Promise<number> {
  return (await stage.call<Update[]>('getUpdates', { limit: 1 })).body.result[0]?.update_id ?? 0
}

describe('getUpdates', () => {
  it('gives an update again until a later offset confirms it', async () => {
    for (const text of ['one', 'two', 'three']) await stage.client.sendText(ANN, text)
    expect(await texts({})).toEqual(['one', 'two', 'three'])
    expect(await texts({ limit: 2 })).toEqual(['one', 'two'])
    const first = await firstId()
    expect(await texts({ offset: first })).toEqual(['one', 'two', 'three'])
    expect(await texts({ offset: first + 2 })).toEqual(['three'])
    expect(await texts({})).toEqual(['three'])
    expect(await texts({ offset: first + 3 })).toEqual([])
  })

  it('with a negative offset keeps only the newest', async () => {
    for (const text of ['one', 'two', 'three']) await stage.client.sendText(ANN, text)
    expect(await texts({ offset: -1 })).toEqual(['three'])
    expect(await texts({})).toEqual(['three'])
  })

  it('waits for an update when there is none', async () => {
    const waiting = texts({ timeout: 20 })
    await stage.client.sendText(ANN, 'at last')
    expect(await waiting).toEqual(['at last'])
  })

  it('ends an older poll with 409 when a newer one comes', async () => {
    const older = stage.call('getUpdates', { timeout: 20 })
    while (stage.emulator.world.updates.polling === false)
      await new Promise((resolve) => setTimeout(resolve, 5))
    const newer = texts({ timeout: 20 })
    expect(await older).toMatchObject({
      status: 409,
      body: {
        description:
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      },
    })
    await stage.client.sendText(ANN, 'for the newer')
    expect(await newer).toEqual(['for the newer'])
  })

  it('remembers allowed_updates until they are named again', async () => {
    await texts({ allowed_updates: ['my_chat_member'] })
    await stage.client.sendText(ANN, 'not wanted')
    await stage.client.block(ANN)
    expect(await texts({})).toEqual(['other'])
    await texts({ allowed_updates: [] })
    await stage.client.unblock(ANN)
    await stage.client.sendText(ANN, 'wanted')
    expect(await texts({})).toEqual(['other', 'other', 'wanted'])
  })

  it('is refused while a webhook is set', async () => {
    await stage.call('setWebhook', { url: 'http://127.0.0.1:9/hook' })
    expect((await stage.call('getUpdates')).status).toBe(409)
    await stage.call('deleteWebhook')
    expect((await stage.call('getUpdates')).status).toBe(200)
  })
})

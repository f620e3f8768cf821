import { autoRetry } from '@grammyjs/auto-retry'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, BOB, openStage, type Stage } from '../testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
  await stage.client.start(ANN)
  await stage.client.start(BOB)
})
afterEach(() => stage.close())

async function received(personId: number): Promise<(string | undefined)[]> {
  return (await stage.client.messages(personId)).messages.slice(1).map((message) => message.text)
}

describe('the fault script', () => {
  it('answers 429 with retry_after, which auto-retry honours', async () => {
    await stage.client.addFault({ method: 'sendMessage', kind: '429', retry_after: 1 })
    const { status, body } = await stage.call('sendMessage', { chat_id: ANN, text: 'x' })
    expect([status, body.description, body.parameters]).toEqual([
      429,
      'Too Many Requests: retry after 1',
      { retry_after: 1 },
    ])
    await stage.client.addFault({ method: 'sendMessage', kind: '429', retry_after: 0, times: 2 })
    stage.bot.api.config.use(autoRetry({ maxRetryAttempts: 3 }))
    await stage.bot.api.sendMessage(ANN, 'third time')
    expect(await received(ANN)).toEqual(['third time'])
  })

  it('hangs up before or after the call took effect', async () => {
    await stage.client.addFault({ method: 'sendMessage', kind: 'drop_before' })
    await stage.client.addFault({ method: 'sendMessage', kind: 'drop_after' })
    await expect(stage.call('sendMessage', { chat_id: ANN, text: 'lost' })).rejects.toThrow()
    await expect(stage.call('sendMessage', { chat_id: ANN, text: 'sent unheard' })).rejects.toThrow()
    expect(await received(ANN)).toEqual(['sent unheard'])
  })

  it('fails one chat alone, and ends when cleared', async () => {
    await stage.client.addFault({ method: '*', kind: '403', times: 100, chat_id: BOB })
    expect((await stage.call('sendMessage', { chat_id: ANN, text: 'x' })).status).toBe(200)
    expect((await stage.call('sendMessage', { chat_id: BOB, text: 'x' })).status).toBe(403)
    await stage.client.clearFaults()
    expect((await stage.call('sendMessage', { chat_id: BOB, text: 'x' })).status).toBe(200)
  })

  it('refuses an entry it does not understand', async () => {
    const wrong = fetch(`${stage.emulator.url}/emulator/api/faults`, {
      method: 'POST',
      body: JSON.stringify({ method: 'sendMessage', kind: 'flood' }),
    })
    expect((await wrong).status).toBe(422)
  })
})

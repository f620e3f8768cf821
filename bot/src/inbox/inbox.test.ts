import { finishUpdate, openUpdates, receiveUpdates } from '@botdeck/shared/actions/inbox'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import type { Update } from 'grammy/types'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventsOf, inboxStates, personAt, wrongBalances } from '../../testing/records.ts'
import { ANN, BOB, openStage, photo, type Stage, said } from '../../testing/stage.ts'
import { chatOf } from './kinds.ts'
import { UpdateRun } from './update-run.ts'

const thanksForWaiting = 'Something went wrong on our side. Please try again in a moment.'

onBothEngines('the inbox', (test) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage(test.db)
  })
  afterEach(() => stage.close())

  const arrivals = async () => (await eventsOf(test.db, ANN)).filter((type) => type === 'started').length
  const answers = async () => (await said(stage, ANN)).filter((text) => text.startsWith('Hello')).length
  const stored = (update: Update) =>
    receiveUpdates(test.db, [{ updateId: update.update_id, chatId: chatOf(update), update }], Date.now())
  const fetched = async (): Promise<Update> => {
    const [update] = await stage.waiting()
    if (!update) throw new Error('nothing waits')
    return update
  }

  it('lets a redelivered update take effect once', async () => {
    await stage.client.start(ANN)
    const update = await fetched()
    await stage.runtime.inbox.receive([update])
    await stage.runtime.inbox.receive([update])
    await stage.settle()
    expect([await arrivals(), await answers()]).toEqual([1, 1])
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 3 })
  })

  it('answers after a crash between receiving and acting', async () => {
    await stage.client.start(ANN)
    await stored(await fetched())
    await stage.restart()
    await stage.settle()
    expect([await arrivals(), await answers()]).toEqual([1, 1])
  })

  it('answers after a crash between acting and answering, without acting again', async () => {
    await stage.client.start(ANN)
    const update = await fetched()
    await stored(update)
    const run = new UpdateRun(test.db, { updateId: update.update_id, receivedAt: Date.now() }, update)
    await run.act(async () => ({ balance: 77, known: false }))
    expect(await inboxStates(test.db)).toEqual(['applied'])
    await stage.restart()
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toContain('You have 77 credits to start with.')
    expect(await arrivals()).toBe(0)
    expect(await inboxStates(test.db)).toEqual(['done'])
  })

  it('answers again after a crash between answering and writing that down', async () => {
    await stage.client.start(ANN)
    await stage.client.addFault({ method: 'sendMessage', kind: 'drop_after' })
    await stage.settle()
    expect([await arrivals(), await answers()]).toEqual([1, 2])
    expect(await openUpdates(test.db)).toEqual([])
  })

  it('does nothing again of what is done', async () => {
    await stage.client.start(ANN)
    const update = await fetched()
    await stored(update)
    await test.db.transaction((tx) => finishUpdate(tx, update.update_id))
    await stage.restart()
    await stage.settle()
    expect(await said(stage, ANN)).toEqual([])
  })

  it('gives up on Telegram in the end, keeps the effect and goes on with the chat', async () => {
    await stage.client.start(ANN)
    await stage.client.addFault({ method: 'sendMessage', kind: '500', times: 3 })
    await stage.client.sendText(ANN, '/help')
    await stage.settle()
    const texts = await said(stage, ANN)
    expect(texts[0]).toBe(thanksForWaiting)
    expect(texts[1]).toContain('How it works')
    expect(await arrivals()).toBe(1)
    const rows = await test.db.orm.select().from(test.db.t.inbox)
    expect(rows.map((row) => [row.status, row.attempts])).toEqual([
      ['done', 3],
      ['done', 0],
    ])
  })

  it('does not wait for somebody who has blocked the bot', async () => {
    await stage.client.start(ANN)
    await stage.client.addFault({ method: 'sendMessage', kind: '403' })
    await stage.settle()
    expect((await personAt(test.db, ANN)).blockedAt).not.toBeNull()
    expect(await inboxStates(test.db)).toEqual(['done'])
  })

  it('keeps the order of a chat', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`)
    for (const text of texts) {
      await stage.client.sendText(ANN, text)
      await stage.client.sendText(BOB, text)
    }
    await stage.settle()
    const { messages } = test.db.t
    const { uid } = await personAt(test.db, ANN)
    const rows = await test.db.orm.select().from(messages)
    const received = rows.filter((row) => row.uid === uid && row.direction === 'in').map((row) => row.text)
    expect(received).toEqual(texts)
  })

  it('takes a picture up again that was ordered before a crash, and charges it once', async () => {
    await stage.client.start(ANN)
    await stage.client.sendPhoto(ANN, await photo())
    await stage.settle()
    await stage.press(ANN, 'category:classic')
    await stage.settle()
    await stage.client.addFault({ method: 'sendPhoto', kind: 'drop_after' })
    await stage.press(ANN, 'effect:noir')
    await stage.settle()
    await stage.restart()
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toBe('Noir · 2 credits left')
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 2, generations: 1 })
    expect(await wrongBalances(test.db)).toEqual([])
  })
})

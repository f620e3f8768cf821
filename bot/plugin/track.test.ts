import { IngestEvent, IngestUser } from '@botdeck/shared/contract/ingest'
import { checkEventProps } from '@botdeck/shared/domain/tracking-plan'
import { Bot, type Context } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, BOB, openStage, type Stage, TOKEN } from '../emulator/testing/stage.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'
import { type TrackFlavor, type Tracking, track } from './track.ts'

type MyContext = Context & TrackFlavor

let stage: Stage
let receiver: Receiver
let tracking: Tracking
let bot: Bot<MyContext>
let errors: Error[]

beforeEach(async () => {
  stage = await openStage()
  receiver = await startReceiver()
  errors = []
  const onError = (error: Error) => errors.push(error)
  tracking = track({ url: `${receiver.url}/`, key: 'k', intervalMs: 5, retryMs: 5, onError })
  bot = new Bot<MyContext>(TOKEN, { client: { apiRoot: stage.emulator.url } })
  bot.catch(() => {})
  bot.use(tracking)
})
afterEach(async () => {
  await bot.stop()
  await tracking.close()
  await receiver.close()
  await stage.close()
})

const poll = () => new Promise<void>((resolve) => void bot.start({ onStart: () => resolve() }))
const types = () => receiver.events.map(({ type }) => type)

describe('track', () => {
  it('tells of a person from the start to a refund and the end', async () => {
    bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
    bot.command('sing', (ctx) => ctx.track('song_sung', { title: 'Hey' }))
    await poll()
    await stage.client.start(ANN, 'src_news')
    await stage.client.sendText(ANN, '/sing')
    const invoice = await bot.api.sendInvoice(ANN, 'Ten', 'Ten songs', 'pkg_10', 'XTR', [
      { label: 'Ten', amount: 45 },
    ])
    const { charge_id: chargeId = '' } = await stage.client.pay(ANN, { message_id: invoice.message_id })
    await bot.api.refundStarPayment(ANN, chargeId)
    await expect.poll(types).toContain('payment_refunded')
    await stage.client.block(ANN)
    await stage.client.unblock(ANN)
    await expect.poll(types).toContain('bot_unblocked')
    expect(types()).toEqual([
      'started',
      'command_used',
      'song_sung',
      'invoice_sent',
      'payment_completed',
      'payment_refunded',
      'bot_blocked',
      'bot_unblocked',
    ])
    expect(receiver.events[0]).toMatchObject({ userId: ANN, props: { payload: 'src_news' } })
    expect(receiver.events[2]?.props).toEqual({ title: 'Hey' })
    expect(receiver.events[4]?.props).toMatchObject({ packageId: 'pkg_10', amount: 45, chargeId })
    expect(receiver.events[4]?.props?.invoiceId).toBe(receiver.events[3]?.props?.invoiceId)
    const ann = { id: ANN, firstName: 'Ann', username: 'ann_stage', languageCode: 'en' }
    expect(receiver.users).toEqual([ann])
    expect(errors).toEqual([])
    // What the server would take.
    for (const user of receiver.users) expect(IngestUser.parse(user)).toEqual(user)
    for (const event of receiver.events) {
      expect(IngestEvent.parse(event)).toEqual(event)
      expect(checkEventProps(event.type, event.props ?? {})).toBeNull()
    }
  })

  it('adds nothing when an update comes again', async () => {
    bot.command('sing', (ctx) => {
      ctx.track('song_sung')
      ctx.track('song_sung')
      ctx.track('x'.repeat(200))
    })
    await bot.init()
    const update = {
      update_id: 5,
      message: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        chat: { id: BOB, type: 'private' as const, first_name: 'Bob' },
        from: { id: BOB, is_bot: false, first_name: 'Bob' },
        text: '/sing',
        entities: [{ type: 'bot_command' as const, offset: 0, length: 5 }],
      },
    }
    for (let time = 0; time < 2; time++) {
      await bot.handleUpdate(update)
      await tracking.flush()
    }
    expect(receiver.requests.reduce((sum, events) => sum + events)).toBe(8)
    expect(types()).toEqual(['command_used', 'song_sung', 'song_sung', 'x'.repeat(200)])
    expect(receiver.events.every(({ id }) => id.length <= 200)).toBe(true)
    expect(receiver.events[1]?.id).toBe('tg:700001:5:song_sung:0')
  })

  it('neither delays nor breaks an answer while the server is away', async () => {
    receiver.refusals = Array(3).fill({ status: 503 })
    bot.on('message', (ctx) => ctx.reply('yes'))
    await poll()
    await stage.client.sendText(ANN, 'are you there?')
    await stage.client.waitForMessage(ANN, ({ text }) => text === 'yes')
    await expect.poll(types).toEqual(['message_received'])
    expect(errors[0]?.message).toContain('503')
  })

  it('records what came before a handler fails', async () => {
    bot.on('message', () => {
      throw new Error('broken')
    })
    await bot.init()
    await stage.client.sendText(ANN, 'hello')
    void bot.start()
    await expect.poll(types).toEqual(['message_received'])
  })
})

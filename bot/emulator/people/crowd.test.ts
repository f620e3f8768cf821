import { InlineKeyboard } from 'grammy'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStage, png, type Stage } from '../testing/stage.ts'
import { type CrowdOptions, keepComing } from './crowd.ts'
import { Random } from './random.ts'

describe('keepComing', () => {
  let stage: Stage
  let stop: AbortController
  let log: string[]

  beforeEach(async () => {
    stage = await openStage()
    // Some stop the bot before it has answered, and its answer is then refused.
    stage.bot.catch(() => {})
    stop = new AbortController()
    log = []
  })
  afterEach(async () => {
    stop.abort()
    await stage.close()
  })

  const crowd = async (changed: Partial<CrowdOptions> = {}): Promise<CrowdOptions> => ({
    client: stage.client,
    photos: [{ bytes: await png(40, 40), name: 'photo.png', mime: 'image/png' }],
    rate: 100_000,
    history: { people: 20, seed: 'test' },
    random: new Random('crowd'),
    signal: stop.signal,
    log: (line) => log.push(line),
    ...changed,
  })

  it('presses what the bot shows, sends photos, pays, and ends with the signal', async () => {
    const done = { starts: 0, presses: 0, photos: 0, payments: 0 }
    const menu = new InlineKeyboard().text('Sepia', 'effect:sepia').text('Buy', 'buy:pkg')
    const invoice = new InlineKeyboard().pay('Pay 5').row().text('Cancel', 'cancel:1')
    stage.bot.command('start', (ctx) => {
      done.starts += 1
      return ctx.reply('Hello', { reply_markup: menu })
    })
    stage.bot.on('callback_query:data', async (ctx) => {
      done.presses += 1
      await ctx.answerCallbackQuery()
      if (!ctx.callbackQuery.data.startsWith('buy')) return ctx.reply('Well', { reply_markup: menu })
      const prices = [{ label: 'Package', amount: 5 }]
      return ctx.replyWithInvoice('Package', 'Credits', 'one', 'XTR', prices, { reply_markup: invoice })
    })
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
    stage.bot.on('message:successful_payment', (ctx) => {
      done.payments += 1
      return ctx.reply('Thanks', { reply_markup: menu })
    })
    stage.bot.on('message:photo', (ctx) => {
      done.photos += 1
      return ctx.reply('Nice', { reply_markup: menu })
    })
    stage.bot.on('message', (ctx) => ctx.reply('What?'))
    await stage.poll()
    const over = keepComing(await crowd())
    await vi.waitFor(
      () => {
        expect(done.starts).toBeGreaterThan(5)
        expect(done.presses).toBeGreaterThan(10)
        expect(done.photos).toBeGreaterThan(5)
        expect(done.payments).toBeGreaterThan(0)
      },
      { timeout: 20_000 },
    )
    stop.abort()
    await over
    expect(log).toEqual([])
  })

  it('says once that the stand-in is away, and goes on trying', async () => {
    await stage.emulator.stop()
    const over = keepComing(await crowd())
    await vi.waitFor(() => expect(log).toEqual(['the bot does not answer: people come back later']))
    stop.abort()
    await over
  })
})

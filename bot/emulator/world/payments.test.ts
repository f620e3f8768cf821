import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, BOB, openStage, type Stage } from '../testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ preCheckoutTimeoutMs: 200 })
  await stage.client.start(ANN)
})
afterEach(() => stage.close())

const prices = [{ label: 'Fifty', amount: 45 }]

function sendInvoice() {
  return stage.bot.api.sendInvoice(ANN, 'Fifty', 'Fifty credits', 'pkg_50:1', 'XTR', prices)
}

describe('paying in Stars', () => {
  it('asks the bot first, charges, and refunds once', async () => {
    const asked: unknown[] = []
    stage.bot.on('pre_checkout_query', (ctx) => {
      const { currency, total_amount, invoice_payload, from } = ctx.preCheckoutQuery
      asked.push([currency, total_amount, invoice_payload, from.id])
      return ctx.answerPreCheckoutQuery(true)
    })
    stage.bot.on('message:successful_payment', (ctx) =>
      ctx.reply(`thanks ${ctx.msg.successful_payment.telegram_payment_charge_id}`),
    )
    stage.bot.on('message:refunded_payment', (ctx) => ctx.reply('refund noted'))
    await stage.poll()
    const invoice = await sendInvoice()
    expect(invoice.invoice).toMatchObject({ title: 'Fifty', currency: 'XTR', total_amount: 45 })
    const paid = await stage.client.pay(ANN, { message_id: invoice.message_id })
    expect(paid.status).toBe('paid')
    expect(asked).toEqual([['XTR', 45, 'pkg_50:1', ANN]])
    const charge = paid.charge_id ?? ''
    await stage.client.waitForMessage(ANN, (m) => m.text === `thanks ${charge}`)
    expect((await stage.client.waitForMessage(ANN, (m) => m.successful_payment !== undefined)).from?.id).toBe(
      ANN,
    )
    expect(await stage.bot.api.getMyStarBalance()).toEqual({ amount: 45 })

    expect(await stage.bot.api.refundStarPayment(ANN, charge)).toBe(true)
    await expect(stage.bot.api.refundStarPayment(ANN, charge)).rejects.toMatchObject({
      error_code: 400,
      description: 'Bad Request: CHARGE_ALREADY_REFUNDED',
    })
    await stage.client.waitForMessage(ANN, (m) => m.text === 'refund noted')
    expect(await stage.bot.api.getMyStarBalance()).toEqual({ amount: 0 })
    const { transactions } = await stage.bot.api.getStarTransactions()
    expect(
      transactions.map((t) => [t.id, t.amount, t.source !== undefined, t.receiver !== undefined]),
    ).toEqual([
      [charge, 45, true, false],
      [charge, 45, false, true],
    ])
  })

  it('fails with the reason of the bot, and nothing is charged', async () => {
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(false, 'Sold out'))
    await stage.poll()
    const { message_id } = await sendInvoice()
    expect(await stage.client.pay(ANN, { message_id })).toEqual({ status: 'failed', error: 'Sold out' })
    expect(await stage.bot.api.getMyStarBalance()).toEqual({ amount: 0 })
  })

  it('fails when the bot does not answer in time', async () => {
    const { message_id } = await sendInvoice()
    expect(await stage.client.pay(ANN, { message_id })).toEqual({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_TIMEOUT',
    })
  })

  it('takes a message once, a link from anybody and often', async () => {
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
    await stage.poll()
    const { message_id } = await sendInvoice()
    await stage.client.pay(ANN, { message_id })
    await expect(stage.client.pay(ANN, { message_id })).rejects.toThrow('INVOICE_ALREADY_PAID')
    const link = await stage.bot.api.createInvoiceLink(
      'Fifty',
      'Fifty credits',
      'pkg_50:2',
      '',
      'XTR',
      prices,
    )
    const slug = link.replace('https://t.me/$', '')
    expect((await stage.client.pay(ANN, { slug })).status).toBe('paid')
    expect((await stage.client.pay(BOB, { slug })).status).toBe('paid')
    expect(await stage.bot.api.getMyStarBalance()).toEqual({ amount: 135 })
  })

  it('does not refund a charge of somebody else', async () => {
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
    await stage.poll()
    const { message_id } = await sendInvoice()
    const { charge_id = '' } = await stage.client.pay(ANN, { message_id })
    await expect(stage.bot.api.refundStarPayment(BOB, charge_id)).rejects.toThrow('CHARGE_NOT_FOUND')
  })
})

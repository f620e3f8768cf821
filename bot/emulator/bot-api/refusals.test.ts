import type { Message } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, BOB, openStage, png, type Stage } from '../testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
  await stage.client.start(ANN)
})
afterEach(() => stage.close())

const button = (fields: object) => ({ inline_keyboard: [[{ text: 'b', ...fields }]] })
const invoice = {
  chat_id: ANN,
  title: 'Ten',
  description: 'Ten credits',
  payload: 'pkg_10',
  currency: 'XTR',
  prices: [{ label: 'Ten', amount: 10 }],
}

async function refused(method: string, body: object): Promise<string> {
  const answer = await stage.call(method, body)
  expect(answer.body.ok).toBe(false)
  expect(answer.body.error_code).toBe(answer.status)
  return `${answer.status} ${answer.body.description}`
}

describe('what Telegram refuses', () => {
  it('tokens and methods it does not know', async () => {
    expect((await stage.call('getMe', {}, '700001:DEMO_other')).body).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    })
    expect((await stage.call('getMe', {}, 'nonsense')).status).toBe(404)
    expect(await refused('sendTelepathy', {})).toBe('404 Not Found: method not found')
  })

  it.each([
    [{ text: '' }, '400 Bad Request: message text is empty'],
    [{ text: ' \n ' }, '400 Bad Request: message text is empty'],
    [{ text: 'x'.repeat(4097) }, '400 Bad Request: message is too long'],
    [{ text: 'x', chat_id: 5 }, '400 Bad Request: chat not found'],
    [{ text: 'x', chat_id: BOB }, "403 Forbidden: bot can't initiate conversation with a user"],
    [
      { text: '<b>x', parse_mode: 'HTML' },
      '400 Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [
      { text: 'a.', parse_mode: 'MarkdownV2' },
      "400 Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ],
    [{ text: 'x', reply_parameters: { message_id: 99 } }, '400 Bad Request: message to be replied not found'],
    [
      { text: 'x', reply_markup: button({ callback_data: 'é'.repeat(33) }) },
      '400 Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      { text: 'x', reply_markup: button({}) },
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      { text: 'x', reply_markup: button({ web_app: { url: 'http://example.com/' } }) },
      "400 Bad Request: inline keyboard button Web App URL 'http://example.com/' is invalid: Only HTTPS links are allowed",
    ],
  ])('sendMessage %j', async (body, expected) => {
    expect(await refused('sendMessage', { chat_id: ANN, ...body })).toBe(expected)
  })

  it('takes the largest that is allowed', async () => {
    const { body } = await stage.call('sendMessage', {
      chat_id: String(ANN),
      text: '😀'.repeat(4096),
      reply_markup: JSON.stringify(button({ callback_data: 'x'.repeat(64) })),
    })
    expect(body.ok).toBe(true)
    const app = { text: 'x', reply_markup: button({ web_app: { url: 'http://127.0.0.1:3000/' } }) }
    expect((await stage.call('sendMessage', { chat_id: ANN, ...app })).body.ok).toBe(true)
  })

  it('captions over 1024 and pictures that are none', async () => {
    const form = new FormData()
    form.set('chat_id', String(ANN))
    form.set('caption', 'x'.repeat(1025))
    form.set('photo', new Blob([await png(10, 10)]), 'a.png')
    const post = async () =>
      (
        await fetch(`${stage.emulator.url}/bot${stage.bot.token}/sendPhoto`, { method: 'POST', body: form })
      ).json()
    expect(await post()).toMatchObject({ description: 'Bad Request: message caption is too long' })
    form.delete('caption')
    form.set('photo', new Blob(['no picture']), 'a.png')
    expect(await post()).toMatchObject({ description: 'Bad Request: IMAGE_PROCESS_FAILED' })
    form.set('photo', new Blob([await png(2100, 100)]), 'a.png')
    expect(await post()).toMatchObject({ description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' })
  })

  it('edits that change nothing, or what is not there or not its own', async () => {
    const sent = await stage.call<Message>('sendMessage', { chat_id: ANN, text: 'same' })
    const { message_id } = sent.body.result
    expect(await refused('editMessageText', { chat_id: ANN, message_id, text: 'same' })).toBe(
      '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
    expect(await refused('editMessageText', { chat_id: ANN, message_id: 77, text: 'x' })).toBe(
      '400 Bad Request: message to edit not found',
    )
    expect(await refused('editMessageText', { chat_id: ANN, message_id: 1, text: 'x' })).toBe(
      "400 Bad Request: message can't be edited",
    )
    expect(await refused('deleteMessage', { chat_id: ANN, message_id: 77 })).toBe(
      '400 Bad Request: message to delete not found',
    )
  })

  it.each([
    [{ title: 'x'.repeat(33) }, '400 Bad Request: TITLE_INVALID'],
    [{ description: '' }, '400 Bad Request: DESCRIPTION_INVALID'],
    [{ payload: 'é'.repeat(65) }, '400 Bad Request: INVOICE_PAYLOAD_INVALID'],
    [{ payload: '' }, '400 Bad Request: INVOICE_PAYLOAD_INVALID'],
    [{ prices: [...invoice.prices, ...invoice.prices] }, '400 Bad Request: STARS_INVOICE_INVALID'],
    [{ currency: 'USD' }, '400 Bad Request: PAYMENT_PROVIDER_INVALID'],
    [{ prices: [{ label: 'x', amount: 0 }] }, '400 Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID'],
  ])('sendInvoice %j', async (change, expected) => {
    expect(await refused('sendInvoice', { ...invoice, ...change })).toBe(expected)
  })

  it('downloads over 20 MB, though a person may send them', async () => {
    const bytes = new Uint8Array(20 * 1024 * 1024 + 1)
    const sent = await stage.client.sendDocument(ANN, {
      bytes,
      name: 'big.bin',
      mime: 'application/octet-stream',
    })
    expect(await refused('getFile', { file_id: sent.document?.file_id })).toBe(
      '400 Bad Request: file is too big',
    )
    expect(await refused('getFile', { file_id: 'AgACnone' })).toBe(
      '400 Bad Request: wrong file_id or the file is temporarily unavailable',
    )
  })

  it('answers to questions nobody asked', async () => {
    const tooOld = '400 Bad Request: query is too old and response timeout expired or query ID is invalid'
    expect(await refused('answerCallbackQuery', { callback_query_id: '1' })).toBe(tooOld)
    expect(await refused('answerPreCheckoutQuery', { pre_checkout_query_id: '1', ok: true })).toBe(tooOld)
  })

  it('commands, menu buttons and webhooks that are malformed', async () => {
    const commands = [{ command: 'Big Name', description: 'x' }]
    expect(await refused('setMyCommands', { commands })).toBe('400 Bad Request: BOT_COMMAND_INVALID')
    const menu_button = { type: 'web_app', text: 'Open', web_app: { url: 'http://example.com' } }
    expect(await refused('setChatMenuButton', { menu_button })).toMatch('Only HTTPS links are allowed')
    expect(await refused('setWebhook', { url: 'http://example.com' })).toBe(
      '400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    )
  })
})

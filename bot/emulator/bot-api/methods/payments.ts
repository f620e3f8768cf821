import { z } from 'zod'
import { addInvoice, refund, starBalance, starTransactions } from '../../world/payments.ts'
import { apiMessage, personOf, postAsBot, reachable } from '../../world/posting.ts'
import { type Call, chatIdOf, type Method } from '../call.ts'
import { readMarkup } from '../keyboards.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../telegram-error.ts'

const Prices = z.array(z.looseObject({ label: z.string().min(1), amount: z.int() }))
const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid'

function readInvoice(params: Params) {
  const title = params.text('title')?.trim() ?? ''
  const description = params.text('description')?.trim() ?? ''
  const payload = params.text('payload') ?? ''
  const currency = params.text('currency') ?? ''
  const prices = Prices.safeParse(params.structure('prices'))
  if (!within([...title].length, 1, 32)) throw badRequest('TITLE_INVALID')
  if (!within([...description].length, 1, 255)) throw badRequest('DESCRIPTION_INVALID')
  if (!within(Buffer.byteLength(payload), 1, 128)) throw badRequest('INVOICE_PAYLOAD_INVALID')
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest('CURRENCY_INVALID')
  if (!prices.success || prices.data.length === 0) throw badRequest("can't parse prices JSON object")
  checkPrices(params, currency, prices.data)
  return { title, description, payload, currency, prices: prices.data }
}

function checkPrices(params: Params, currency: string, prices: { amount: number }[]): void {
  const total = prices.reduce((sum, price) => sum + price.amount, 0)
  if (currency !== 'XTR') {
    if (!params.text('provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID')
    if (total <= 0) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID')
    return
  }
  if (prices.length !== 1 || params.text('provider_token')) throw badRequest('STARS_INVOICE_INVALID')
  if (!within(total, 1, 25_000)) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID')
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

export const sendInvoice: Method = ({ world, params }) => {
  const person = reachable(world, chatIdOf(params))
  const given = readInvoice(params)
  const markup = readMarkup(params, 'invoice')
  const invoice = addInvoice(world, given)
  const label =
    given.currency === 'XTR' ? `Pay ⭐️${invoice.total}` : `Pay ${invoice.total / 100} ${given.currency}`
  const { title, description, currency } = given
  const sent = postAsBot(world, person, {
    invoice: { title, description, start_parameter: '', currency, total_amount: invoice.total },
    invoice_slug: invoice.slug,
    reply_markup:
      markup.kind === 'inline' ? markup.markup : { inline_keyboard: [[{ text: label, pay: true }]] },
  })
  invoice.message = { chat_id: person.id, message_id: sent.message_id }
  return apiMessage(sent)
}

export const createInvoiceLink: Method = ({ world, params }) => {
  const period = params.integer('subscription_period')
  if (period !== undefined && period !== 2_592_000) throw badRequest('SUBSCRIPTION_PERIOD_INVALID')
  return `https://t.me/$${addInvoice(world, readInvoice(params)).slug}`
}

export const answerPreCheckoutQuery: Method = ({ world, params }) => {
  const id = params.text('pre_checkout_query_id') ?? ''
  const error_message = params.text('error_message')
  const ok = params.flag('ok')
  if (!ok && !error_message) throw badRequest('ERROR_TEXT_EMPTY')
  if (!world.preCheckouts.answer(id, { ok, ...(error_message && { error_message }) }))
    throw badRequest(TOO_OLD)
  return true
}

export const answerCallbackQuery: Method = ({ world, params }) => {
  const id = params.text('callback_query_id') ?? ''
  const text = params.text('text') ?? ''
  const url = params.text('url')
  if ([...text].length > 200) throw badRequest('MESSAGE_TOO_LONG')
  const answer = { show_alert: params.flag('show_alert'), ...(text && { text }), ...(url && { url }) }
  if (!world.callbacks.answer(id, answer)) throw badRequest(TOO_OLD)
  return true
}

export const refundStarPayment: Method = ({ world, params }) => {
  const userId = params.integer('user_id')
  if (userId === undefined || !world.people.has(userId)) throw badRequest('USER_ID_INVALID')
  refund(world, personOf(world, userId), params.text('telegram_payment_charge_id') ?? '')
  return true
}

export const getStarTransactions: Method = ({ world, params }: Call) => {
  const offset = params.integer('offset') ?? 0
  const limit = params.integer('limit') ?? 100
  if (!within(limit, 1, 100)) throw badRequest('LIMIT_INVALID')
  return { transactions: starTransactions(world).slice(offset, offset + limit) }
}

export const getMyStarBalance: Method = ({ world }) => ({ amount: starBalance(world) })

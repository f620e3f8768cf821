import { randomBytes } from 'node:crypto'
import type { LabeledPrice, StarTransaction } from 'grammy/types'
import { badRequest } from '../bot-api/telegram-error.ts'
import { type Person, userOf } from './people.ts'
import { postAsPerson, repost } from './posting.ts'
import { seconds, type World } from './world.ts'

export interface Invoice {
  slug: string
  title: string
  description: string
  payload: string
  currency: string
  prices: LabeledPrice[]
  total: number
  /** The message that carries it; a link has none and can be paid by anybody, often. */
  message?: { chat_id: number; message_id: number }
  paid?: true
}

export interface Payment {
  charge_id: string
  person_id: number
  currency: string
  total: number
  payload: string
  date: number
  refunded_at?: number
}

export interface PreCheckoutAnswer {
  ok: boolean
  error_message?: string
}

export interface PaymentResult {
  status: 'paid' | 'failed'
  charge_id?: string
  /** Why it failed, in the bot's words, or `BOT_PRECHECKOUT_TIMEOUT`. */
  error?: string
}

const KEPT = 20_000

/** Remembers an invoice under a new slug. */
export function addInvoice(world: World, invoice: Omit<Invoice, 'slug' | 'total'>): Invoice {
  const total = invoice.prices.reduce((sum, price) => sum + price.amount, 0)
  const stored = { ...invoice, slug: randomBytes(12).toString('base64url'), total }
  world.invoices.set(stored.slug, stored)
  dropOldest(world.invoices)
  return stored
}

/**
 * The person pays: the bot is asked by pre_checkout_query and has 10 s; only its yes charges, and then
 * `successful_payment` arrives as a message of the person.
 */
export async function pay(world: World, person: Person, slug: string): Promise<PaymentResult> {
  const invoice = world.invoices.get(slug)
  if (!invoice) throw badRequest('SLUG_INVALID')
  if (invoice.paid) throw badRequest('INVOICE_ALREADY_PAID')
  const id = String(randomBytes(8).readBigUInt64BE() >> 1n)
  const asked = world.preCheckouts.ask(id, world.preCheckoutTimeoutMs)
  world.updates.push({
    pre_checkout_query: {
      id,
      from: userOf(person),
      currency: invoice.currency,
      total_amount: invoice.total,
      invoice_payload: invoice.payload,
    },
  })
  const answer = await asked
  if (!answer) return { status: 'failed', error: 'BOT_PRECHECKOUT_TIMEOUT' }
  if (!answer.ok) return { status: 'failed', error: answer.error_message ?? 'PAYMENT_FAILED' }
  // Two sheets open for one invoice message: the first yes wins.
  if (invoice.paid) return { status: 'failed', error: 'INVOICE_ALREADY_PAID' }
  return { status: 'paid', charge_id: charge(world, person, invoice) }
}

function charge(world: World, person: Person, invoice: Invoice): string {
  const charge_id = `stx${randomBytes(24).toString('base64url')}`
  const { currency, total, payload } = invoice
  world.payments.set(charge_id, {
    charge_id,
    person_id: person.id,
    currency,
    total,
    payload,
    date: seconds(world),
  })
  dropOldest(world.payments)
  markPaid(world, invoice)
  postAsPerson(world, person, {
    successful_payment: {
      currency,
      total_amount: total,
      invoice_payload: payload,
      telegram_payment_charge_id: charge_id,
      provider_payment_charge_id: `${world.bot.id}_${person.id}`,
    },
  })
  return charge_id
}

function markPaid(world: World, invoice: Invoice): void {
  if (!invoice.message) return
  invoice.paid = true
  const { chat_id, message_id } = invoice.message
  const message = world.chats.find(chat_id, message_id)
  if (message) repost(world, chat_id, { ...message, paid: true })
}

/** Gives the Stars of one charge back, once; the person's chat and the bot hear of it by `refunded_payment`. */
export function refund(world: World, person: Person, chargeId: string): void {
  const payment = world.payments.get(chargeId)
  if (!payment || payment.person_id !== person.id) throw badRequest('CHARGE_NOT_FOUND')
  if (payment.refunded_at !== undefined) throw badRequest('CHARGE_ALREADY_REFUNDED')
  payment.refunded_at = seconds(world)
  const { total, payload } = payment
  postAsPerson(world, person, {
    refunded_payment: {
      currency: 'XTR',
      total_amount: total,
      invoice_payload: payload,
      telegram_payment_charge_id: chargeId,
    },
  })
}

/** Every Stars transaction, oldest first; a refund repeats the charge's id with a receiver. */
export function starTransactions(world: World): StarTransaction[] {
  const transactions: StarTransaction[] = []
  for (const payment of world.payments.values()) {
    const person = world.people.get(payment.person_id)
    if (payment.currency !== 'XTR' || !person) continue
    const partner = {
      type: 'user' as const,
      transaction_type: 'invoice_payment' as const,
      user: userOf(person),
      invoice_payload: payment.payload,
    }
    const base = { id: payment.charge_id, amount: payment.total }
    transactions.push({ ...base, date: payment.date, source: partner })
    if (payment.refunded_at !== undefined)
      transactions.push({ ...base, date: payment.refunded_at, receiver: partner })
  }
  return transactions.sort((a, b) => a.date - b.date)
}

/** Stars the bot holds: charges less refunds. */
export function starBalance(world: World): number {
  return starTransactions(world).reduce((sum, item) => sum + (item.source ? item.amount : -item.amount), 0)
}

function dropOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys()
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest)
}

import type { Message, PreCheckoutQuery, SuccessfulPayment, Update, User } from 'grammy/types'

/** What an update tells, before it has an id and a time. */
export interface Told {
  type: string
  props?: Record<string, unknown>
}

/** What an invoice payload stands for. */
export interface Order {
  packageId: string
  /** The invoice, where the bot gave each one an id of its own. */
  invoiceId?: string
}

/** How updates are read. */
export interface Reading {
  /** Whether what people write is told as well; commands and the payload of `/start` always are. */
  texts: boolean
  order: (payload: string) => Order
  /** Checkouts that were begun, by person and payload, so that a payment finds its own. */
  checkouts: Map<string, string>
}

const mostCheckouts = 10_000

/** The person an update comes from; none in channels. */
export function senderOf(update: Update): User | undefined {
  const { message, callback_query, pre_checkout_query, my_chat_member } = update
  return message?.from ?? callback_query?.from ?? pre_checkout_query?.from ?? my_chat_member?.from
}

/** When what an update tells of happened, in ms: as it arrived, but for what had waited for more than a minute. */
export function instantOf({ message, my_chat_member }: Update, now: number): number {
  const date = message?.date ?? my_chat_member?.date
  return date !== undefined && now - date * 1000 > 60_000 ? date * 1000 : now
}

const keyOf = (user: User, payload: string) => `${user.id} ${payload}`

function checkout(query: PreCheckoutQuery, { order, checkouts }: Reading): Told {
  const { from, invoice_payload: payload, total_amount: amount, currency } = query
  const key = keyOf(from, payload)
  checkouts.delete(key)
  checkouts.set(key, query.id)
  const [oldest] = checkouts.keys()
  if (checkouts.size > mostCheckouts && oldest !== undefined) checkouts.delete(oldest)
  return { type: 'invoice_sent', props: { amount, currency, invoiceId: query.id, ...order(payload) } }
}

function paid(payment: SuccessfulPayment, from: User, { order, checkouts }: Reading): Told {
  const { invoice_payload: payload, total_amount: amount, currency } = payment
  const until = payment.subscription_expiration_date
  const recurring = payment.is_recurring === true && payment.is_first_recurring !== true
  const begun = recurring ? undefined : checkouts.get(keyOf(from, payload))
  checkouts.delete(keyOf(from, payload))
  const props = {
    amount,
    currency,
    chargeId: payment.telegram_payment_charge_id,
    method: currency === 'XTR' ? 'stars' : 'provider',
    recurring,
    ...(begun === undefined ? {} : { invoiceId: begun }),
    ...(until === undefined ? {} : { subscriptionUntil: new Date(until * 1000).toISOString() }),
    ...order(payload),
  }
  return { type: 'payment_completed', props }
}

function written(message: Message, { texts }: Reading): Told[] {
  const text = message.text ?? message.caption
  const [, name, payload] = /^\/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(\S+))?/.exec(text ?? '') ?? []
  if (name?.toLowerCase() === 'start')
    return [{ type: 'started', ...(payload === undefined ? {} : { props: { payload } }) }]
  if (name !== undefined) return [{ type: 'command_used', props: { command: name.toLowerCase() } }]
  // What people write to each other in a group is not said to the bot.
  if (message.chat.type !== 'private') return []
  return [{ type: 'message_received', ...(texts && text ? { props: { text } } : {}) }]
}

function ofMessage(message: Message, from: User, reading: Reading): Told[] {
  const { successful_payment, refunded_payment } = message
  if (successful_payment) return [paid(successful_payment, from, reading)]
  if (refunded_payment) {
    const chargeId = refunded_payment.telegram_payment_charge_id
    return [{ type: 'payment_refunded', props: { chargeId } }]
  }
  return written(message, reading)
}

function ofMembership({
  chat,
  old_chat_member,
  new_chat_member,
}: NonNullable<Update['my_chat_member']>): Told[] {
  const blocked = new_chat_member.status === 'kicked'
  if (chat.type !== 'private' || blocked === (old_chat_member.status === 'kicked')) return []
  return [{ type: blocked ? 'bot_blocked' : 'bot_unblocked' }]
}

/** The events that an update tells of by itself, in their order; what else a bot does, it tracks itself. */
export function eventsOf(update: Update, reading: Reading): Told[] {
  const { message, callback_query, pre_checkout_query, my_chat_member } = update
  if (message?.from) return ofMessage(message, message.from, reading)
  if (pre_checkout_query) return [checkout(pre_checkout_query, reading)]
  if (my_chat_member) return ofMembership(my_chat_member)
  const data = callback_query?.data
  return callback_query
    ? [{ type: 'button_pressed', ...(data === undefined ? {} : { props: { data } }) }]
    : []
}

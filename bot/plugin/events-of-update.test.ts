import type { Message, Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { eventsOf, instantOf, type Reading } from './events-of-update.ts'

const from = { id: 7, is_bot: false, first_name: 'Ann' } as const
const chat = { id: 7, type: 'private', first_name: 'Ann' } as const
const group = { id: -8, type: 'group', title: 'Friends' } as const
const reading = (more: Partial<Reading> = {}): Reading => ({
  texts: false,
  order: (packageId) => ({ packageId }),
  checkouts: new Map(),
  ...more,
})

// @NOTE Updates have more fields than events are read from.
const update = (part: object) => ({ update_id: 1, ...part }) as Update
const message = (part: object, where: object = chat) =>
  update({ message: { message_id: 1, date: 100, chat: where, from, ...part } as Message })
const told = (of: Update, more: Partial<Reading> = {}) => eventsOf(of, reading(more))

describe('eventsOf', () => {
  it('tells of starts with their payload, of commands, and that somebody wrote', () => {
    expect(told(message({ text: '/start src_news' }))).toEqual([
      { type: 'started', props: { payload: 'src_news' } },
    ])
    expect(told(message({ text: '/start' }))).toEqual([{ type: 'started' }])
    expect(told(message({ text: '/Help@some_bot me' }))).toEqual([
      { type: 'command_used', props: { command: 'help' } },
    ])
    expect(told(message({ text: 'a secret' }))).toEqual([{ type: 'message_received' }])
    expect(told(message({ caption: 'look' }), { texts: true })).toEqual([
      { type: 'message_received', props: { text: 'look' } },
    ])
  })

  it('tells of a group the commands alone', () => {
    expect(told(message({ text: 'hello' }, group))).toEqual([])
    expect(told(message({ text: '/sing' }, group))).toEqual([
      { type: 'command_used', props: { command: 'sing' } },
    ])
  })

  it('tells of buttons', () => {
    const callback_query = { id: '1', from, chat_instance: 'c', data: 'like:5' }
    expect(told(update({ callback_query }))).toEqual([{ type: 'button_pressed', props: { data: 'like:5' } }])
  })

  it('finds the checkout of a payment', () => {
    const checkouts = new Map<string, string>()
    const money = { currency: 'XTR', total_amount: 50, invoice_payload: 'pkg_10' }
    const charge = { telegram_payment_charge_id: 'ch', provider_payment_charge_id: '' }
    const asked = update({ pre_checkout_query: { id: 'q1', from, ...money } })
    expect(told(asked, { checkouts })).toEqual([
      {
        type: 'invoice_sent',
        props: { packageId: 'pkg_10', amount: 50, currency: 'XTR', invoiceId: 'q1' },
      },
    ])
    const paid = message({ successful_payment: { ...money, ...charge } })
    const props = { packageId: 'pkg_10', amount: 50, currency: 'XTR', chargeId: 'ch', method: 'stars' }
    expect(told(paid, { checkouts })).toEqual([
      { type: 'payment_completed', props: { ...props, recurring: false, invoiceId: 'q1' } },
    ])
    expect(told(paid, { checkouts })).toEqual([
      { type: 'payment_completed', props: { ...props, recurring: false } },
    ])
  })

  it('tells of renewals until when they are paid, and takes orders apart as the bot says', () => {
    const successful_payment = {
      currency: 'XTR',
      total_amount: 50,
      invoice_payload: 'gold/i-9',
      telegram_payment_charge_id: 'ch',
      provider_payment_charge_id: '',
      is_recurring: true,
      subscription_expiration_date: 1_800_000_000,
    }
    const order = (payload: string) => {
      const [packageId = '', invoiceId = ''] = payload.split('/')
      return { packageId, invoiceId }
    }
    expect(told(message({ successful_payment }), { order })).toMatchObject([
      {
        type: 'payment_completed',
        props: {
          packageId: 'gold',
          invoiceId: 'i-9',
          recurring: true,
          subscriptionUntil: '2027-01-15T08:00:00.000Z',
        },
      },
    ])
    const first = { ...successful_payment, is_first_recurring: true }
    expect(told(message({ successful_payment: first }))).toMatchObject([{ props: { recurring: false } }])
  })

  it('tells of refunds, and of who blocks the bot and comes back', () => {
    const refunded_payment = { currency: 'XTR', total_amount: 50, telegram_payment_charge_id: 'ch' }
    expect(told(message({ refunded_payment }))).toEqual([
      { type: 'payment_refunded', props: { chargeId: 'ch' } },
    ])
    const member = (before: string, after: string, where: object = chat) =>
      update({
        my_chat_member: {
          chat: where,
          from,
          date: 100,
          old_chat_member: { status: before },
          new_chat_member: { status: after },
        },
      })
    expect(told(member('member', 'kicked'))).toEqual([{ type: 'bot_blocked' }])
    expect(told(member('kicked', 'member'))).toEqual([{ type: 'bot_unblocked' }])
    expect(told(member('member', 'member'))).toEqual([])
    expect(told(member('member', 'kicked', group))).toEqual([])
  })

  it('is silent about updates of other kinds', () => {
    expect(told(update({ edited_message: { message_id: 1 } }))).toEqual([])
  })
})

describe('instantOf', () => {
  it('is now, but for messages that waited for more than a minute', () => {
    expect(instantOf(message({}), 160_000)).toBe(160_000)
    expect(instantOf(message({}), 160_001)).toBe(100_000)
    expect(instantOf(update({}), 5)).toBe(5)
  })
})

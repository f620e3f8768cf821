import { ensureEffects, ensurePackage } from '@botdeck/shared/actions/catalogue'
import { reportCredits } from '@botdeck/shared/actions/credits'
import {
  findPayment,
  type Order,
  recordInvoice,
  recordPayment,
  recordRefund,
  recordUnpaid,
} from '@botdeck/shared/actions/payments'
import { personOf, setBlocked } from '@botdeck/shared/actions/people'
import { readSettings } from '@botdeck/shared/actions/settings'
import { applyStartPayload, isTouched } from '@botdeck/shared/actions/sources'
import { track } from '@botdeck/shared/actions/track'
import type { Tx } from '@botdeck/shared/db/db'
import { isCurrency } from '@botdeck/shared/domain/money'
import { parseInstant } from '@botdeck/shared/domain/range'
import { propertyFault } from '@botdeck/shared/domain/tracking-plan'
import type { ValidEvent } from './validate.ts'

/** An event that was stored: of whom, and its number in the log. */
interface Stored {
  uid: number
  event: number
  at: number
  props: Record<string, unknown>
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * What a payment event says of its order. A failed or cancelled attempt need not say how much it was about, and what it
 * says of that was not looked at.
 */
function orderOf({ uid, at, props }: Stored): Order {
  const { amount, currency } = props
  return {
    uid,
    packageId: String(props.packageId),
    amount: propertyFault(amount, 'count') === null ? Number(amount) : 0,
    currency: isCurrency(currency) ? currency : 'XTR',
    method: text(props.method),
    invoiceId: text(props.invoiceId),
    at,
  }
}

/** The end of what was paid for, in ms; a day or a local time is one of the reporting zone. */
async function subscriptionEnd(tx: Tx, value: unknown): Promise<number | undefined> {
  const end = text(value)
  return end === undefined ? undefined : (parseInstant(end, (await readSettings(tx)).timezone) ?? undefined)
}

/** What events of built-in types change beside the log. Nothing here moves the ledger. */
const effects: Record<string, (tx: Tx, stored: Stored) => Promise<unknown>> = {
  started: async (tx, { uid, at, props }) => {
    const payload = text(props.payload)
    if (payload === undefined && (await isTouched(tx, uid, at))) return
    await applyStartPayload(tx, await personOf(tx, uid), { payload, at })
  },
  bot_blocked: async (tx, { uid, at }) => setBlocked(tx, await personOf(tx, uid), { blocked: true, at }),
  bot_unblocked: async (tx, { uid, at }) => setBlocked(tx, await personOf(tx, uid), { blocked: false, at }),
  credits_changed: async (tx, { uid, at, event, props }) =>
    reportCredits(tx, await personOf(tx, uid), { balance: Number(props.balance), at, event }),
  invoice_sent: (tx, stored) => recordInvoice(tx, orderOf(stored)),
  payment_completed: async (tx, stored) =>
    recordPayment(tx, {
      ...orderOf(stored),
      chargeId: String(stored.props.chargeId),
      recurring: stored.props.recurring === true,
      subscriptionUntil: await subscriptionEnd(tx, stored.props.subscriptionUntil),
    }),
  payment_failed: (tx, stored) =>
    recordUnpaid(tx, orderOf(stored), { status: 'failed', reason: text(stored.props.reason) }),
  payment_cancelled: (tx, stored) => recordUnpaid(tx, orderOf(stored), { status: 'cancelled' }),
  payment_refunded: (tx, { at, props }) => recordRefund(tx, { chargeId: String(props.chargeId), at }),
}

const naming = {
  packageId: ['invoice_sent', 'payment_completed', 'payment_failed', 'payment_cancelled'],
  effectId: ['effect_viewed', 'generation_requested', 'generation_succeeded', 'generation_failed'],
}

/** Adds to the catalogue what an event of a built-in type names. */
async function nameOffers(tx: Tx, type: string, props: Record<string, unknown>): Promise<void> {
  const { packageId, effectId } = props
  if (naming.packageId.includes(type) && typeof packageId === 'string') await ensurePackage(tx, packageId)
  if (naming.effectId.includes(type) && typeof effectId === 'string') await ensureEffects(tx, [effectId])
}

/** An event of a person. */
export interface PersonEvent {
  uid: number
  event: ValidEvent
}

/** Whether nothing follows from events of a type but the name of an offer, so that many are recorded at once. */
const isPlain = (type: string) => !Object.hasOwn(effects, type)

/** Records events from which nothing follows. */
async function applyPlain(tx: Tx, events: readonly PersonEvent[]): Promise<boolean[]> {
  const stored = await track(
    tx,
    events.map(({ uid, event: { id, type, at, props, activity } }) => ({
      uid,
      type,
      at,
      id,
      props,
      activity,
    })),
  )
  const named = new Set<string>()
  for (const [index, { event }] of events.entries()) {
    const effectId = event.props?.effectId
    if (stored[index] !== null && naming.effectId.includes(event.type) && typeof effectId === 'string')
      named.add(effectId)
  }
  await ensureEffects(tx, named)
  return stored.map((id) => id !== null)
}

/**
 * Records events in the order given, and what follows from each.
 * @returns of each whether it was new
 */
export async function applyEvents(tx: Tx, events: readonly PersonEvent[]): Promise<boolean[]> {
  const fresh: boolean[] = []
  let plain: PersonEvent[] = []
  for (const each of events) {
    if (isPlain(each.event.type)) {
      plain.push(each)
      continue
    }
    fresh.push(...(await applyPlain(tx, plain)))
    plain = []
    fresh.push(await applyEvent(tx, each.uid, each.event))
  }
  return [...fresh, ...(await applyPlain(tx, plain))]
}

/**
 * Records an event and what follows from it. A known id of this person, and a second payment with a known charge id,
 * change nothing.
 * @returns whether the event was new
 */
async function applyEvent(tx: Tx, uid: number, event: ValidEvent): Promise<boolean> {
  const { id, type, at, activity, props = {} } = event
  if (type === 'payment_completed' && (await findPayment(tx, String(props.chargeId)))) return false
  const [stored] = await track(tx, [{ uid, type, at, id, props, activity }])
  if (stored === null || stored === undefined) return false
  await nameOffers(tx, type, props)
  const effect = Object.hasOwn(effects, type) ? effects[type] : undefined
  await effect?.(tx, { uid, event: stored, at, props })
  return true
}

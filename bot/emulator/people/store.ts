import {
  approveCheckout,
  cancelPurchase,
  completePurchase,
  orderPackage,
  refundPurchase,
} from '@botdeck/shared/actions/purchases'
import { answered, note, type Person, pause, said, use } from './person.ts'
import { type Acts, act } from './world.ts'
import { day, hour, minute } from './year.ts'

const refundsOfAll = 0.024

/** Which package somebody wants: the middle one less often since it costs more; heavy users the large one. */
function choosePackage(person: Person): string {
  const dearer = person.now >= person.world.year.priceChange.at
  const wanted: [string, number][] = person.whale
    ? [
        ['pkg_10', 0.5],
        ['pkg_50', dearer ? 2 : 4],
        ['pkg_150', dearer ? 7 : 5],
      ]
    : [
        ['pkg_10', 5],
        ['pkg_50', dearer ? 2.2 : 4],
        ['pkg_150', 0.9],
      ]
  return person.random.weighted(wanted, ([, weight]) => weight)[0]
}

/** What somebody does with an invoice on the screen. */
function decide(person: Person): 'pay' | 'cancel' | 'leave' {
  const pays = person.buyer ? (person.purchases > 0 ? 0.82 : 0.62) : 0.012
  if (person.random.chance(pays)) return 'pay'
  return person.random.chance(0.45) ? 'cancel' : 'leave'
}

/** Looks at the packages; may order one, and may pay for it. */
export function* visitStore(person: Person): Acts {
  yield* note(person, 'store_viewed')
  pause(person, 3, 40)
  if (yield* returnToInvoice(person)) return
  if (!person.random.chance(person.buyer ? 0.8 : 0.07)) return
  const { uid, world } = person
  const order = { uid, packageId: choosePackage(person), invoiceId: world.freshId(), at: person.now }
  const { offer } = yield* act(person.now, (tx) => orderPackage(tx, order))
  const invoice = {
    invoiceId: order.invoiceId,
    packageId: offer.id,
    amount: offer.amount,
    currency: offer.currency,
  }
  pause(person, 4, 90)
  const decision = decide(person)
  if (decision === 'pay') yield* pay(person, invoice)
  else if (decision === 'cancel') {
    const cancel = { uid, invoiceId: invoice.invoiceId, at: person.now }
    yield* act(person.now, (tx) => cancelPurchase(tx, cancel))
  } else person.leftInvoice = invoice
}

type Invoice = NonNullable<Person['leftInvoice']>

/**
 * An invoice left in the chat can still be tapped, all the more one that seems a bargain since the price has gone up;
 * that one the till refuses.
 * @returns whether they tapped it
 */
export function* returnToInvoice(person: Person): Acts<boolean> {
  const invoice = person.leftInvoice
  const { at, packageId } = person.world.year.priceChange
  const bargain = invoice?.packageId === packageId && person.now >= at
  if (!invoice || !person.random.chance(bargain ? 0.3 : person.buyer ? 0.2 : 0.002)) return false
  person.leftInvoice = undefined
  yield* pay(person, invoice)
  return true
}

function* pay(person: Person, invoice: Invoice): Acts {
  const { uid, world } = person
  const refusal = yield* act(person.now, (tx) => approveCheckout(tx, { uid, ...invoice, at: person.now }))
  if (refusal !== null) {
    person.annoyance += 1
    return
  }
  pause(person, 1, 6)
  const charge = { uid, ...invoice, chargeId: world.freshId(), at: person.now }
  const { balance } = yield* act(person.now, (tx) => completePurchase(tx, charge))
  person.credits = balance
  person.purchases += 1
  person.annoyance = 0
  pause(person, 1, 5)
  if (person.random.chance(refundsOfAll)) {
    const at = person.now + Math.floor(person.random.between(20 * minute, 2.5 * day))
    world.begin(at, askForRefund(person, { chargeId: charge.chargeId, at }))
  }
}

/** Writes to support and gets the Stars back some hours later. */
function* askForRefund(person: Person, ask: { chargeId: string; at: number }): Acts {
  const { uid, random } = person
  const asked = { ...person, now: ask.at }
  yield* use(asked, 'paysupport')
  yield* act(asked.now, (tx) => said(tx, asked, random.pick(complaints[person.locale])))
  asked.now += Math.floor(random.between(0.3, 20) * hour)
  const refund = { uid, chargeId: ask.chargeId, at: asked.now }
  const taken = yield* act(asked.now, (tx) => refundPurchase(tx, refund))
  person.credits -= taken ?? 0
  yield* act(asked.now, (tx) =>
    answered(tx, asked, person.locale === 'ru' ? 'Звёзды вернулись.' : 'Your Stars are back.'),
  )
}

const complaints = {
  en: [
    'I bought the wrong package, can I have my Stars back?',
    'Paid by accident 😔 please refund',
    'Not what I expected.',
  ],
  ru: [
    'Купил не тот пакет, верните звёзды пожалуйста',
    'Оплатила случайно 😔',
    'Ожидала другого, хочу вернуть',
  ],
}

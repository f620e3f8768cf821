import { packages } from './attributes.ts'
import { dayMs, historyDays, hourMs, lastDay, now } from './calendar.ts'
import { EventLog, type Events } from './event-log.ts'
import type { Invoice } from './invoices.ts'
import { firstStep, nextStep } from './journeys.ts'
import { kindIsActivity, kindNumber } from './kinds.ts'
import { newPeople, type People, timeOfDay, variantOf, weekdayWeight } from './people.ts'
import { type Random, seeded } from './random.ts'
import { type Size, seed, sizes } from './size.ts'

/** A year of a bot: its people, what they did in the order in which it arrived, and their invoices. */
export interface History {
  people: People
  events: Events
  invoices: Invoice[]
}

const stepsOfVisit = 80
const lateShare = 0.02
const latestHours = 48
/** What tables beside the events say too: never late, so never lost. */
const punctualKinds = new Set([
  kindNumber.experiment_exposed,
  kindNumber.invoice_sent,
  kindNumber.payment_completed,
  kindNumber.payment_failed,
  kindNumber.payment_refunded,
])
/** Chance that an average person comes back so many days after the first; its tail is long. */
const returnChance = Float64Array.from({ length: historyDays }, (_, age) => 0.39 * age ** -0.62)

/** How a person is, beside the attributes that are stored. */
interface Character {
  uid: number
  /** Days active, as a multiple of the average: most come rarely, a few very often. */
  zeal: number
  stamina: number
  pays: boolean
}

/** Makes a history of a size, the same every time. `onProgress` is told how many people are done. */
export function makeHistory(size: Size, onProgress: (done: number, total: number) => void): History {
  const { people: count, events: about } = sizes[size]
  const random = seeded(seed)
  const people = newPeople(count, random)
  const log = new EventLog(Math.ceil(about * 1.4))
  const maker = new HistoryMaker({ people, log, random })
  for (let uid = 1; uid <= count; uid++) {
    maker.live(uid)
    if (uid % 1000 === 0) onProgress(uid, count)
  }
  return { people, events: log.inOrderOfArrival(), invoices: maker.invoices }
}

class HistoryMaker {
  readonly invoices: Invoice[] = []
  readonly #people: People
  readonly #log: EventLog
  readonly #random: Random

  constructor({ people, log, random }: { people: People; log: EventLog; random: Random }) {
    this.#people = people
    this.#log = log
    this.#random = random
  }

  live(uid: number): void {
    const random = this.#random
    const zeal = Math.min(2.6, 0.3 / (random() + 1e-4) ** 0.55)
    const pays = random() < 0.28 * (1 + zeal)
    const person: Character = { uid, zeal, pays, stamina: 0.855 + 0.1 * Math.min(zeal, 2) }
    const createdAt = this.#people.createdAt[uid] ?? now
    const created = Math.floor(createdAt / dayMs)
    this.#visit(person, createdAt, kindNumber.started)
    const variant = variantOf(this.#people, uid)
    // Shown with the first answer.
    if (variant !== undefined)
      this.#record(uid, { at: createdAt + 1, kind: kindNumber.experiment_exposed, detail: variant })
    for (let day = created + 1; day <= lastDay; day++) {
      const chance = zeal * (returnChance[day - created] ?? 0) * weekdayWeight(day)
      if (random() < chance) this.#visit(person, day * dayMs + timeOfDay(random), firstStep(random))
    }
  }

  #visit(person: Character, from: number, first: number): void {
    const random = this.#random
    let at = from
    let kind = first
    let detail = this.#detailOf(kind, person)
    for (let step = 0; step < stepsOfVisit && at < now && !this.#log.isFull; step++) {
      this.#record(person.uid, { at, kind, detail })
      if (kind === kindNumber.invoice_sent) {
        const paidAt = this.#settle(person, { number: this.#invoice(person.uid, at), at })
        if (paidAt === 0) return
        at = paidAt
        kind = kindNumber.payment_completed
      }
      const next = nextStep(kind, { random, stamina: person.stamina })
      if (next < 0) return
      // A picture that comes is of the effect that was asked for.
      if (kind !== kindNumber.generation_requested) detail = this.#detailOf(next, person)
      kind = next
      at = Math.floor(at + 2000 + 60_000 * random() * random())
    }
  }

  #detailOf(kind: number, { uid }: Character): number {
    if (kind === kindNumber.invoice_sent) return this.invoices.length
    const returning = (this.#people.lastActiveAt[uid] ?? 0) > 0
    if (kind === kindNumber.started && !returning) return this.#people.source[uid] ?? 0
    return Math.floor(1000 + this.#random() * 4e9)
  }

  #invoice(uid: number, invoicedAt: number): number {
    const offer = Math.floor(packages.length * this.#random() ** 2)
    this.invoices.push({ uid, offer, invoicedAt, paidAt: 0, failedAt: 0, refundedAt: 0 })
    return this.invoices.length - 1
  }

  /** What becomes of an invoice. @returns when it was paid, 0 where it was not */
  #settle({ uid, pays }: Character, { number, at }: { number: number; at: number }): number {
    const random = this.#random
    const invoice = this.invoices[number]
    if (!invoice || !pays || random() > 0.5) return 0
    // Some take their time; the window of a funnel must be able to close before they pay.
    const pause = random() < 0.15 ? random() * 3 * dayMs : 3000 + random() * 60_000
    const until = Math.floor(at + pause)
    if (until >= now || this.#log.isFull) return 0
    if (random() < 0.07) {
      invoice.failedAt = until
      this.#record(uid, { at: until, kind: kindNumber.payment_failed, detail: number })
      return 0
    }
    invoice.paidAt = until
    this.#record(uid, { at: until, kind: kindNumber.payment_completed, detail: number })
    const refundAt = Math.floor(until + hourMs + random() * 10 * dayMs)
    if (random() < 0.015 && refundAt < now && !this.#log.isFull) {
      invoice.refundedAt = refundAt
      this.#record(uid, { at: refundAt, kind: kindNumber.payment_refunded, detail: number })
    }
    this.#count(uid, invoice)
    return until
  }

  #count(uid: number, { offer, refundedAt }: Invoice): void {
    const people = this.#people
    const add = (column: Int32Array | Uint32Array, more: number) => {
      column[uid] = (column[uid] ?? 0) + more
    }
    add(people.purchases, 1)
    add(people.credits, packages[offer]?.credits ?? 0)
    if (refundedAt > 0) return
    add(people.keptPurchases, 1)
    add(people.keptStars, packages[offer]?.amount ?? 0)
  }

  /** Some events arrive late; one that would arrive after the end is lost. First events, variants and money never are. */
  #record(uid: number, event: { at: number; kind: number; detail: number }): void {
    const random = this.#random
    const { at, kind } = event
    const people = this.#people
    const mayBeLate = at !== people.createdAt[uid] && !punctualKinds.has(kind)
    const late = mayBeLate && random() < lateShare
    const arrival = late ? at + Math.floor(random() * random() * latestHours * hourMs) : at
    if (arrival >= now) return
    this.#log.add({ ...event, uid, arrival })
    if (kindIsActivity[kind] && at > (people.lastActiveAt[uid] ?? 0)) people.lastActiveAt[uid] = at
    if (kind !== kindNumber.generation_succeeded) return
    people.generations[uid] = (people.generations[uid] ?? 0) + 1
    people.credits[uid] = Math.max(0, (people.credits[uid] ?? 0) - 1)
  }
}

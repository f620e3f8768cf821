import { tierOf } from '@botdeck/shared/domain/tiers'
import type Database from 'better-sqlite3'
import { experiment, languages, plans, sources } from '../dataset/attributes.ts'
import { dayMs, now } from '../dataset/calendar.ts'
import type { History } from '../dataset/history.ts'
import { chargeIdOf, type Invoice, invoiceIdOf, offerOf } from '../dataset/invoices.ts'
import { firstNameOf, type People, telegramIdOf, usernameOf, variantOf } from '../dataset/people.ts'

/** US cents for a Star, as the default rates have it. */
const centsOfStar = 1.3

/** What tells a person apart, by uid. */
export function attributesOf(people: People, uid: number) {
  const keptStars = people.keptStars[uid] ?? 0
  const usdCents = Math.round(keptStars * centsOfStar)
  return {
    language: languages[people.language[uid] ?? 0] ?? 'en',
    source: sources[people.source[uid] ?? 0] ?? 'direct',
    plan: plans[people.plan[uid] ?? 0] ?? 'free',
    variant: experiment.variants[variantOf(people, uid) ?? -1] ?? '',
    credits: people.credits[uid] ?? 0,
    purchases: people.purchases[uid] ?? 0,
    generations: people.generations[uid] ?? 0,
    usdCents,
    tier: tierOf({ purchases: people.keptPurchases[uid] ?? 0, usdCents }),
    createdAt: people.createdAt[uid] ?? 0,
    lastActiveAt: people.lastActiveAt[uid] ?? 0,
  }
}

export function insertPeople(file: Database.Database, { people }: History): void {
  const insert = file.prepare(`
    insert into users (uid, telegram_id, first_name, username, language_code, source, last_source, source_at,
      last_source_at, credits, purchases, generations, usd_cents, tier, props, search, created_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  for (let uid = 1; uid <= people.count; uid++) {
    const { language, source, plan, credits, purchases, generations, usdCents, tier, createdAt } =
      attributesOf(people, uid)
    const [name, username] = [firstNameOf(uid), usernameOf(uid)]
    const touch = [source, source, createdAt, createdAt]
    const search = `${name}\n${username}`.toLowerCase()
    const counts = [credits, purchases, generations, usdCents, tier]
    const free = [JSON.stringify({ plan }), search, createdAt]
    insert.run(uid, telegramIdOf(uid), name, username, language, ...touch, ...counts, ...free)
  }
}

function statusOf({ paidAt, failedAt, refundedAt, invoicedAt }: Invoice): string {
  if (refundedAt > 0) return 'refunded'
  if (paidAt > 0) return 'succeeded'
  if (failedAt > 0) return 'failed'
  return invoicedAt < now - dayMs ? 'expired' : 'invoiced'
}

export function insertPayments(file: Database.Database, { invoices }: History): void {
  const insert = file.prepare(`
    insert into payments (id, uid, package_id, status, amount, currency, method, invoice_id, charge_id, recurring,
      reporting_amount, reporting_currency, usd_cents, invoiced_at, succeeded_at, failed_at, expired_at, refunded_at)
    values (?, ?, ?, ?, ?, 'XTR', 'stars', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const instant = (at: number) => (at === 0 ? null : at)
  for (const [number, invoice] of invoices.entries()) {
    const { id, amount } = offerOf(invoice)
    const { uid, invoicedAt, paidAt, failedAt, refundedAt } = invoice
    const status = statusOf(invoice)
    const value = paidAt > 0 ? [amount, 'XTR', Math.round(amount * centsOfStar)] : [null, null, null]
    const expiredAt = status === 'expired' ? invoicedAt + dayMs : 0
    const ids = [invoiceIdOf(number), paidAt > 0 ? chargeIdOf(number) : null]
    const instants = [invoicedAt, instant(paidAt), instant(failedAt), instant(expiredAt), instant(refundedAt)]
    insert.run(number + 1, uid, id, status, amount, ...ids, ...value, ...instants)
  }
}

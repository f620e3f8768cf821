import { desc, eq, sql } from 'drizzle-orm'
import { AppError } from '#contract/errors'
import type { Queryable, Tx } from '#db/db'
import { statement } from '#db/statement'
import type { Tables } from '#db/tables/all'
import type { LedgerReason } from '#db/tables/money'
import { type Person, personOf } from './people.ts'
import { track } from './track.ts'

export interface CreditChange {
  uid: number
  /** 0 is no change, and leaves no entry. */
  delta: number
  reason: LedgerReason
  /** What makes this change the same one when it is asked for again. */
  key: string
  at: number
  paymentId?: number | undefined
  generationId?: number | undefined
}

const entryOf = statement<{ balance: number }, { key: string }>(
  ({ creditLedger }) => sql`select balance from ${creditLedger} where key = ${sql.placeholder('key')}`,
)

/** The first entry begins at 0: credits that a sender reported before there was a ledger are not ours to spend. */
const moveBalance = statement<{ balance: number }, { uid: number; delta: number }>(
  ({ users, creditLedger }) => {
    const uid = sql.placeholder('uid')
    const before = sql`(case when exists (select 1 from ${creditLedger} l where l.uid = ${uid}) then coalesce(credits, 0) else 0 end)`
    const after = sql`${before} + ${sql.placeholder('delta')}`
    return sql`update ${users} set credits = ${after} where uid = ${uid} and ${after} >= 0 returning credits as balance`
  },
)

const addEntry = statement<never, Omit<Tables['creditLedger']['$inferSelect'], 'id'>>(
  ({ creditLedger }) => sql`
    insert into ${creditLedger} (uid, delta, balance, reason, key, payment_id, generation_id, at)
    values (${sql.placeholder('uid')}, ${sql.placeholder('delta')}, ${sql.placeholder('balance')},
            ${sql.placeholder('reason')}, ${sql.placeholder('key')}, ${sql.placeholder('paymentId')},
            ${sql.placeholder('generationId')}, ${sql.placeholder('at')})`,
)

/**
 * Changes a balance by one entry of the ledger. A change with a known key acts once and answers as it did then.
 * Throws `conflict` (`insufficient_credits`) where the balance would fall below 0.
 * @returns the balance after the change
 */
export async function changeCredits(tx: Tx, change: CreditChange): Promise<number> {
  const [before] = await entryOf(tx, { key: change.key })
  if (before) return before.balance
  if (change.delta === 0) return (await personOf(tx, change.uid)).credits ?? 0
  const { uid, delta, reason, key, at, paymentId = null, generationId = null } = change
  const [after] = await moveBalance(tx, { uid, delta })
  if (!after) throw new AppError('conflict', 'Not enough credits', { detail: 'insufficient_credits' })
  const { balance } = after
  await addEntry(tx, { uid, delta, balance, reason, key, paymentId, generationId, at })
  await track(tx, [
    { uid, type: 'credits_changed', at, id: `ledger:${key}`, props: { delta, balance, reason } },
  ])
  return balance
}

/** Credits to start with. */
export const welcomeCredits = 3

/** Gives a person the credits to start with, once for ever. */
export async function giveWelcome(tx: Tx, uid: number, at: number): Promise<void> {
  await changeCredits(tx, { uid, delta: welcomeCredits, reason: 'welcome', key: `welcome:${uid}`, at })
}

/** The latest entries of a person's ledger, newest first. */
export async function ledgerOf(db: Queryable, uid: number, limit = 20) {
  const { creditLedger } = db.t
  return db.orm
    .select()
    .from(creditLedger)
    .where(eq(creditLedger.uid, uid))
    .orderBy(desc(creditLedger.id))
    .limit(limit)
}

/**
 * Property of the `credits_changed` events that the server writes for what a sender states of a person. No sender can set
 * it, so that it tells these events, which make nobody first seen, from those that were posted.
 */
export const statedMark = '$stated'

/** Credits that a sender states of a person: an event at the time of the request, and the balance where no later one is known. */
export async function stateCredits(tx: Tx, person: Person, balance: number, now: number): Promise<void> {
  const props = { delta: balance - (person.credits ?? 0), balance, reason: 'reported', [statedMark]: true }
  const [event] = await track(tx, [{ uid: person.uid, type: 'credits_changed', at: now, props }])
  if (event !== null && event !== undefined) await reportCredits(tx, person, { balance, at: now, event })
}

/**
 * Credits as a sender reports them, by the event that says so. The latest by (time, event) holds, and only for a
 * person who has no ledger here.
 */
export async function reportCredits(
  tx: Tx,
  person: Person,
  report: { balance: number; at: number; event: number },
): Promise<void> {
  const { users } = tx.t
  const earlier =
    person.creditsAt !== null &&
    (report.at < person.creditsAt ||
      (report.at === person.creditsAt && report.event < (person.creditsEvent ?? 0)))
  if (earlier || (await ledgerOf(tx, person.uid, 1)).length > 0) return
  await tx.orm
    .update(users)
    .set({ credits: report.balance, creditsAt: report.at, creditsEvent: report.event })
    .where(eq(users.uid, person.uid))
}

import { sql } from 'drizzle-orm'
import type { Kit } from '../columns-sqlite.ts'
import type { effectsTable, packagesTable } from './catalogue.ts'
import type { usersTable } from './people.ts'

type Users = ReturnType<typeof usersTable>

export type PaymentStatus =
  | 'invoiced'
  | 'pre_checkout'
  | 'succeeded'
  | 'refunded'
  | 'failed'
  | 'cancelled'
  | 'expired'

/**
 * Payments and the invoices they began as. `chargeId` is the key of a payment: a second message about one charge
 * finds its row. Instants of each state stay, so a refunded payment still tells when it succeeded.
 */
export function paymentsTable(kit: Kit, users: Users, packages: ReturnType<typeof packagesTable>) {
  return kit.table(
    'payments',
    {
      id: kit.identity(),
      uid: kit
        .big()
        .notNull()
        .references(() => users.uid),
      packageId: kit
        .text()
        .notNull()
        .references(() => packages.id),
      status: kit.text().$type<PaymentStatus>().notNull(),
      amount: kit.big().notNull(),
      currency: kit.text().notNull(),
      method: kit.text().notNull().default('stars'),
      /** One invoice is for one person and one payment. */
      invoiceId: kit.text(),
      chargeId: kit.text().unique(),
      recurring: kit.bool().notNull().default(false),
      subscriptionUntil: kit.big(),
      reason: kit.text(),
      /** Value at the rate of the moment of payment; null without a rate. A refund carries the rate of its payment. */
      reportingAmount: kit.big(),
      reportingCurrency: kit.text(),
      usdCents: kit.big(),
      invoicedAt: kit.big(),
      preCheckoutAt: kit.big(),
      succeededAt: kit.big(),
      failedAt: kit.big(),
      cancelledAt: kit.big(),
      expiredAt: kit.big(),
      refundedAt: kit.big(),
    },
    (t) => [
      kit.unique('payments_invoice').on(t.uid, t.invoiceId),
      kit.index('payments_succeeded').on(t.succeededAt),
      kit.index('payments_invoiced').on(t.invoicedAt),
      kit.index('payments_refunds').on(t.refundedAt),
      kit.index('payments_person').on(t.uid),
      kit.check('payments_amount', sql`${t.amount} >= 0`),
      kit.check(
        'payments_status',
        sql`${t.status} in ('invoiced', 'pre_checkout', 'succeeded', 'refunded', 'failed', 'cancelled', 'expired')`,
      ),
      kit.check(
        'payments_paid',
        sql`(${t.status} in ('succeeded', 'refunded')) = (${t.succeededAt} is not null and ${t.chargeId} is not null)`,
      ),
      kit.check('payments_refunded', sql`(${t.status} = 'refunded') = (${t.refundedAt} is not null)`),
    ],
  )
}

/**
 * Instants at which payments changed what was earned, in the order of commits: cells of money are brought up to date from
 * here. Written by triggers, so that no change is forgotten.
 */
export function paymentChangesTable(kit: Kit) {
  return kit.table('payment_changes', { id: kit.identity(), at: kit.big().notNull() })
}

/** Refunds that came before their payment and wait for it. */
export function waitingRefundsTable(kit: Kit) {
  return kit.table('waiting_refunds', { chargeId: kit.text().primaryKey(), at: kit.big().notNull() })
}

/** The bot's paid work. A row is resumed at start while it is queued or running. */
export function generationsTable(kit: Kit, users: Users, effects: ReturnType<typeof effectsTable>) {
  return kit.table(
    'generations',
    {
      id: kit.identity(),
      uid: kit
        .big()
        .notNull()
        .references(() => users.uid),
      chatId: kit.big().notNull(),
      effectId: kit
        .text()
        .notNull()
        .references(() => effects.id),
      status: kit.text().$type<'queued' | 'running' | 'succeeded' | 'failed'>().notNull(),
      credits: kit.int().notNull(),
      inputFileId: kit.text().notNull(),
      outputFileId: kit.text(),
      errorType: kit.text(),
      attempts: kit.int().notNull().default(0),
      requestedAt: kit.big().notNull(),
      startedAt: kit.big(),
      finishedAt: kit.big(),
      processingMs: kit.int(),
      /** When the person had the picture or the apology; null while still to be sent. */
      answeredAt: kit.big(),
    },
    (t) => [
      kit.check('generations_status', sql`${t.status} in ('queued', 'running', 'succeeded', 'failed')`),
      kit.check('generations_credits', sql`${t.credits} >= 0`),
      kit.check(
        'generations_finished',
        sql`(${t.status} in ('succeeded', 'failed')) = (${t.finishedAt} is not null)`,
      ),
      kit.index('generations_open').on(t.answeredAt, t.status),
      kit.index('generations_person').on(t.uid),
    ],
  )
}

export type LedgerReason =
  | 'welcome'
  | 'purchase'
  | 'refund'
  | 'generation'
  | 'generation_failed'
  | 'referral'
  | 'grant'

/** Every change of a balance, append-only. `key` makes a repeated change find its first row. */
export function creditLedgerTable(
  kit: Kit,
  refs: {
    users: Users
    payments: ReturnType<typeof paymentsTable>
    generations: ReturnType<typeof generationsTable>
  },
) {
  return kit.table(
    'credit_ledger',
    {
      id: kit.identity(),
      uid: kit
        .big()
        .notNull()
        .references(() => refs.users.uid),
      delta: kit.int().notNull(),
      balance: kit.int().notNull(),
      reason: kit.text().$type<LedgerReason>().notNull(),
      key: kit.text().notNull().unique(),
      paymentId: kit.big().references(() => refs.payments.id),
      generationId: kit.big().references(() => refs.generations.id),
      at: kit.big().notNull(),
    },
    (t) => [
      kit.check('credit_ledger_balance', sql`${t.balance} >= 0`),
      kit.check('credit_ledger_delta', sql`${t.delta} <> 0`),
      kit.index('credit_ledger_person').on(t.uid, t.id),
    ],
  )
}

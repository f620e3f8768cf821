import { sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Condition } from '#domain/conditions'
import type { Kit } from '../columns-sqlite.ts'

/**
 * Everybody the bot or a sender knows. `uid` is our dense number; `telegramId` is what outsiders see and is null
 * once the person is forgotten. Attributes are as they are now.
 */
export function usersTable(kit: Kit) {
  const users = kit.table(
    'users',
    {
      uid: kit.identity(),
      telegramId: kit.big().unique(),
      firstName: kit.text(),
      username: kit.text(),
      /** Language of the person's Telegram client. */
      languageCode: kit.text(),
      /** Language chosen in the bot. */
      locale: kit.text(),
      /** First touch, never overwritten; `lastSource` is the last touch. */
      source: kit.text(),
      lastSource: kit.text(),
      /** Instants of the touches and of the referral, so that a late event finds out whether it is the first or last. */
      sourceAt: kit.big(),
      lastSourceAt: kit.big(),
      referredAt: kit.big(),
      referredBy: kit.big().references((): AnySQLiteColumn => users.uid),
      test: kit.bool().notNull().default(false),
      /** Admins and test users: left out of every number unless asked for. */
      staff: kit.bool().notNull().default(false),
      banned: kit.bool().notNull().default(false),
      /** Since when the person has stopped the bot; null while they have not. */
      blockedAt: kit.big(),
      blockChangedAt: kit.big(),
      /** Balance of the ledger, or what a sender last said; null when unknown. */
      credits: kit.int(),
      /** Instant and event id of the latest `credits_changed`: the latest one holds, whatever the order of arrival. */
      creditsAt: kit.big(),
      creditsEvent: kit.big(),
      purchases: kit.int().notNull().default(0),
      generations: kit.int().notNull().default(0),
      /** Lifetime value: net cents of US dollars. */
      usdCents: kit.big().notNull().default(0),
      tier: kit.text().notNull().default('new'),
      props: kit
        .json<Record<string, unknown>>()
        .notNull()
        .$defaultFn(() => ({})),
      /** Names in lower case, for a search that knows more than ASCII. */
      search: kit.text().notNull().default(''),
      createdAt: kit.big().notNull(),
    },
    (t) => [
      kit.check('users_credits', sql`${t.credits} >= 0`),
      kit.check('users_self_referral', sql`${t.referredBy} <> ${t.uid}`),
      kit.check('users_tier', sql`${t.tier} in ('new', 'regular', 'vip', 'premium')`),
    ],
  )
  return users
}

/** Who may open the panel. `ADMIN_IDS` of the environment are owners beside these. */
export function adminsTable(kit: Kit) {
  return kit.table(
    'admins',
    {
      telegramId: kit.big().primaryKey(),
      role: kit.text().$type<'owner' | 'manager' | 'analyst'>().notNull(),
      addedAt: kit.big().notNull(),
      addedBy: kit.text().notNull(),
    },
    (t) => [kit.check('admins_role', sql`${t.role} in ('owner', 'manager', 'analyst')`)],
  )
}

/** Sessions of the panel. Only the hash of a token is stored. */
export function panelSessionsTable(kit: Kit) {
  return kit.table(
    'panel_sessions',
    {
      tokenHash: kit.text().primaryKey(),
      telegramId: kit.big().notNull(),
      firstName: kit.text().notNull(),
      username: kit.text(),
      createdAt: kit.big().notNull(),
      renewedAt: kit.big().notNull(),
      expiresAt: kit.big().notNull(),
    },
    (t) => [kit.index('panel_sessions_expiry').on(t.expiresAt)],
  )
}

type Users = ReturnType<typeof usersTable>

/** Who invited whom: one row for the invited person, so a repeated invitation gives nothing. */
export function referralsTable(kit: Kit, users: Users) {
  return kit.table(
    'referrals',
    {
      invited: kit
        .big()
        .primaryKey()
        .references(() => users.uid),
      referrer: kit
        .big()
        .notNull()
        .references(() => users.uid),
      at: kit.big().notNull(),
      activatedAt: kit.big(),
      paidAt: kit.big(),
      creditsGiven: kit.int().notNull().default(0),
    },
    (t) => [
      kit.check('referrals_self', sql`${t.referrer} <> ${t.invited}`),
      kit.index('referrals_referrer').on(t.referrer),
    ],
  )
}

/** Where a person stands in a dialogue with the bot: explicit rows, so that a deploy breaks no open dialogue. */
export function dialoguesTable(kit: Kit, users: Users) {
  return kit.table('dialogues', {
    uid: kit
      .big()
      .primaryKey()
      .references(() => users.uid),
    state: kit.json<{ name: string; [detail: string]: unknown }>().notNull(),
    updatedAt: kit.big().notNull(),
  })
}

/**
 * Who changed, in the order of commits: rows of `users` are held in memory by those who scan, and brought up to date from
 * here. Written by triggers, so that no change is forgotten.
 */
export function userChangesTable(kit: Kit) {
  return kit.table('user_changes', { id: kit.identity(), uid: kit.big().notNull() })
}

/** Segments that admins saved: conditions on people, joined by AND. */
export function savedSegmentsTable(kit: Kit) {
  return kit.table('saved_segments', {
    id: kit.identity(),
    /** What conditions on `segment` name it by; never the name of a built-in one. */
    name: kit.text().notNull().unique(),
    conditions: kit.json<Condition[]>().notNull(),
    createdAt: kit.big().notNull(),
    createdBy: kit.big().notNull(),
  })
}

import { and, eq, gt, isNull, min, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import { changeCredits } from './credits.ts'
import { type Person, personOf, upsertPerson } from './people.ts'

/** Credits for the one who invited, when the invited person makes their first picture. */
export const referralBonus = 2

/**
 * Says who invited a person. The earliest referral holds, whatever the order of arrival; one's own link gives nothing.
 * @returns the referrer's number, or null where nothing changed
 */
export async function refer(
  tx: Tx,
  person: Person,
  referral: { referrer: number; at: number },
): Promise<number | null> {
  if (person.telegramId === referral.referrer) return null
  if (person.referredAt !== null && referral.at >= person.referredAt) return null
  const { person: referrer } = await upsertPerson(tx, { telegramId: referral.referrer }, referral.at)
  const { users, referrals } = tx.t
  await tx.orm
    .update(users)
    .set({ referredBy: referrer.uid, referredAt: referral.at })
    .where(eq(users.uid, person.uid))
  await tx.orm
    .insert(referrals)
    .values({
      invited: person.uid,
      referrer: referrer.uid,
      at: referral.at,
      paidAt: await firstPaidAt(tx, person.uid),
    })
    .onConflictDoUpdate({ target: referrals.invited, set: { referrer: referrer.uid, at: referral.at } })
  return referrer.uid
}

/**
 * The invited person made their first picture: the one who invited them is thanked, once.
 * @returns the referrer to tell and what they were given, or null
 */
export async function activateReferral(
  tx: Tx,
  invited: number,
  now: number,
): Promise<{ referrer: Person; credits: number } | null> {
  const { referrals } = tx.t
  const [row] = await tx.orm
    .update(referrals)
    .set({ activatedAt: now, creditsGiven: sql`${referrals.creditsGiven} + ${referralBonus}` })
    .where(and(eq(referrals.invited, invited), isNull(referrals.activatedAt)))
    .returning()
  if (!row) return null
  await changeCredits(tx, {
    uid: row.referrer,
    delta: referralBonus,
    reason: 'referral',
    key: `referral:${invited}`,
    at: now,
  })
  return { referrer: await personOf(tx, row.referrer), credits: referralBonus }
}

/** A referral may become known after its person has paid. */
async function firstPaidAt(tx: Tx, uid: number): Promise<number | null> {
  const { payments } = tx.t
  const [row] = await tx.orm
    .select({ at: min(payments.succeededAt) })
    .from(payments)
    .where(eq(payments.uid, uid))
  return row?.at ?? null
}

/** The invited person paid; the earliest payment dates it, whatever the order of arrival. */
export async function markReferralPaid(tx: Tx, invited: number, at: number): Promise<void> {
  const { referrals } = tx.t
  await tx.orm
    .update(referrals)
    .set({ paidAt: at })
    .where(and(eq(referrals.invited, invited), or(isNull(referrals.paidAt), gt(referrals.paidAt, at))))
}

/** What a person's invitations brought: people who came, those of them who made a picture, credits earned. */
export async function invitationsOf(
  db: Queryable,
  referrer: number,
): Promise<{ invited: number; activated: number; earned: number }> {
  const { referrals } = db.t
  const rows = await db.orm.select().from(referrals).where(eq(referrals.referrer, referrer))
  return {
    invited: rows.length,
    activated: rows.filter((row) => row.activatedAt !== null).length,
    earned: rows.reduce((sum, row) => sum + row.creditsGiven, 0),
  }
}

/**
 * Who invited a person, as a sender states it: set once, and no `/start` that comes later, however old, changes it.
 * One's own id gives nothing.
 */
export async function stateReferrer(tx: Tx, person: Person, referrer: number, now: number): Promise<void> {
  if (person.referredAt !== null) return
  if ((await refer(tx, person, { referrer, at: now })) === null) return
  await tx.orm.update(tx.t.users).set({ referredAt: 0 }).where(eq(tx.t.users.uid, person.uid))
}

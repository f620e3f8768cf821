import { findPerson, type Person } from '@botdeck/shared/actions/people'
import { readSettings } from '@botdeck/shared/actions/settings'
import { AppError } from '@botdeck/shared/contract/errors'
import type { UserDetail } from '@botdeck/shared/contract/users'
import type { Queryable } from '@botdeck/shared/db/db'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import { and, count, eq, sql } from 'drizzle-orm'
import { membershipsOf } from './memberships.ts'
import { summariesOf } from './summary.ts'

/** The person with this Telegram id; throws `not_found`. */
export async function personWithId(db: Queryable, id: string): Promise<Person> {
  const person = Number.isSafeInteger(Number(id)) ? await findPerson(db, Number(id)) : undefined
  if (!person) throw new AppError('not_found', 'Nobody has this id')
  return person
}

async function netOf(db: Queryable, uid: number, currency: string) {
  const { payments } = db.t
  const [row] = await db.orm
    .select({ amount: sql<number>`coalesce(sum(${payments.reportingAmount}), 0)`.mapWith(Number) })
    .from(payments)
    .where(
      and(eq(payments.uid, uid), eq(payments.status, 'succeeded'), eq(payments.reportingCurrency, currency)),
    )
  return { amount: row?.amount ?? 0, currency }
}

async function referrerOf(db: Queryable, uid: number | null): Promise<UserDetail['referredBy']> {
  if (uid === null) return null
  const { users } = db.t
  const [row] = await db.orm
    .select({ id: users.telegramId, firstName: users.firstName })
    .from(users)
    .where(eq(users.uid, uid))
  return row ?? null
}

async function invitedBy(db: Queryable, uid: number): Promise<number> {
  const { referrals } = db.t
  const [row] = await db.orm.select({ people: count() }).from(referrals).where(eq(referrals.referrer, uid))
  return row?.people ?? 0
}

/**
 * One person as they are now. `net` is what they paid and were not given back, in the reporting currency.
 * Throws `not_found` for an id that nobody has.
 */
export async function personDetail(db: Queryable, id: string, now: number): Promise<UserDetail> {
  const person = await personWithId(db, id)
  const { uid, lastSource, referredBy, staff, banned, props } = person
  const [summary] = await summariesOf(db, [uid])
  if (!summary) throw new AppError('not_found', 'Nobody has this id')
  const { timezone, currency, segments } = await readSettings(db)
  const clock = zoneClock(timezone)
  const daysSince = (instant: string | null) =>
    instant === null ? null : clock.dayOf(now) - clock.dayOf(Date.parse(instant))
  const referrer = await referrerOf(db, referredBy)
  const fields = {
    ...summary,
    lastSource,
    referredBy: referrer?.id,
    daysSinceFirstSeen: daysSince(summary.firstSeenAt),
    daysSinceActive: daysSince(summary.lastActiveAt ?? summary.firstSeenAt),
  }
  return {
    ...summary,
    lastSource,
    referredBy: referrer,
    invited: await invitedBy(db, uid),
    net: await netOf(db, uid, currency),
    ...(await membershipsOf(db, { uid, fields, props }, segments)),
    staff,
    banned,
    props,
  }
}

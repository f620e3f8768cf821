import type { UserSummary } from '@botdeck/shared/contract/users'
import type { Queryable } from '@botdeck/shared/db/db'
import { eq, inArray } from 'drizzle-orm'

/** Columns of one summary: `users` beside the roll-up's `person_states`, which a person without events has none of. */
function columnsOf({ t: { users, personStates } }: Queryable) {
  return {
    uid: users.uid,
    id: users.telegramId,
    firstName: users.firstName,
    username: users.username,
    language: users.languageCode,
    source: users.source,
    tier: users.tier,
    credits: users.credits,
    purchases: users.purchases,
    generations: users.generations,
    blockedAt: users.blockedAt,
    firstSeenAt: personStates.firstSeenAt,
    lastActiveAt: personStates.lastActiveAt,
  }
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/**
 * People as they stand in every list, in the order of `uids`. First seen and last active are those of the roll-up's
 * watermark; the other fields are as they are now. A number that nobody has is left out.
 */
export async function summariesOf(db: Queryable, uids: readonly number[]): Promise<UserSummary[]> {
  if (uids.length === 0) return []
  const { users, personStates } = db.t
  const rows = await db.orm
    .select(columnsOf(db))
    .from(users)
    .leftJoin(personStates, eq(personStates.uid, users.uid))
    .where(inArray(users.uid, [...uids]))
  const byUid = new Map(rows.map((row) => [row.uid, row]))
  return uids.flatMap((uid) => {
    const row = byUid.get(uid)
    if (!row) return []
    const { uid: _uid, blockedAt, firstSeenAt, lastActiveAt, tier, ...fields } = row
    return {
      ...fields,
      // @NOTE The database admits no other tier (users_tier).
      tier: tier as UserSummary['tier'],
      blocked: blockedAt !== null,
      firstSeenAt: instant(firstSeenAt),
      lastActiveAt: instant(lastActiveAt),
    }
  })
}

import { eq } from 'drizzle-orm'
import type { Audience } from './audience.ts'
import type { View } from './view.ts'

/** What a person's row and the roll-up say of them now. Instants in ms. */
export interface PersonRow {
  uid: number
  source: string | null
  lastSource: string | null
  /** Pictures that succeeded. */
  generations: number
  /** Payments that succeeded, refunded or not. */
  purchases: number
  firstSeenAt: number | null
  firstActiveAt: number | null
}

/** Everybody counted, in no order. */
export async function readPeople(view: View, audience: Audience): Promise<PersonRow[]> {
  const { users, personStates } = view.db.t
  const rows = await view.db.orm
    .select({
      uid: users.uid,
      source: users.source,
      lastSource: users.lastSource,
      generations: users.generations,
      purchases: users.purchases,
      firstSeenAt: personStates.firstSeenAt,
      firstActiveAt: personStates.firstActiveAt,
    })
    .from(users)
    .leftJoin(personStates, eq(personStates.uid, users.uid))
  return rows.filter(({ uid }) => audience.has(uid))
}

import { findEventTypes } from '@botdeck/shared/actions/event-types'
import type { Db } from '@botdeck/shared/db/db'
import { sql } from 'drizzle-orm'
import { factsOf, tellingTypes } from './event-facts.ts'
import type { People } from './people.ts'

interface Row {
  uid: number
  at: number
  type: number
  props: string | null
}

/**
 * What only the properties of events tell: everybody's audience, and when they were first seen as far as changes of
 * credits tell it. From rows, up to an id.
 */
export async function readFacts(db: Db, people: People, upTo: number): Promise<void> {
  const types = await findEventTypes(db, [...tellingTypes])
  const audienceType = types.get('audience_changed') ?? 0
  const query = sql`
    select uid, at, type, props from events
    where id <= ${upTo} and type in (${audienceType}, ${types.get('credits_changed') ?? 0}) order by id`
  for await (const rows of db.scan<Row>(query))
    for (const { uid, at, type, props } of rows) {
      const { audience, makesSeen } = factsOf(
        type === audienceType ? 'audience_changed' : 'credits_changed',
        props,
      )
      people.meet(uid)
      if (audience !== null) people.staff[uid] = Number(audience)
      if (makesSeen) people.firstSeen[uid] = Math.min(people.firstSeen[uid] ?? at, at)
    }
}

/** What a generation knows that does not depend on its calendar. */
export function copyFacts(from: People, to: People): void {
  if (from.length === 0) return
  to.meet(from.length - 1)
  for (const column of ['known', 'staff', 'flags', 'exists'] as const)
    to[column].set(from[column].subarray(0, from.length))
  for (const column of ['firstSeen', 'firstActive', 'lastActive'] as const)
    to[column].set(from[column].subarray(0, from.length))
}

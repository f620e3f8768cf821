import type { Queryable } from '@botdeck/shared/db/db'
import type { Engine } from './engine.ts'
import { audienceOf, contributionOf, type RollupEvent } from './fold.ts'
import { noQuarter } from './people.ts'
import { setDays } from './recent-days.ts'

/** Takes back what a person had added with their events before the id `from`, and adds all their events anew. */
export function refoldPerson(
  uid: number,
  events: readonly RollupEvent[],
  { engine, from }: { engine: Engine; from: number },
): void {
  const { people, clock, pending: changes } = engine
  const to = { uid, clock, changes }
  const before = events.filter(({ id }) => id < from)
  contributionOf(before, people.staff[uid] === 1, { ...to, sign: -1 })
  const after = contributionOf(events, audienceOf(events), { ...to, sign: 1 })
  if (!after) return
  people.known[uid] = 1
  people.staff[uid] = Number(after.staff)
  people.firstSeen[uid] = after.firstSeenAt ?? Number.POSITIVE_INFINITY
  people.firstActive[uid] = after.firstActiveAt ?? Number.POSITIVE_INFINITY
  people.lastActive[uid] = after.lastActiveAt ?? Number.NEGATIVE_INFINITY
  people.firstQuarter[uid] = noQuarter
  const days = events.filter(({ activity }) => activity).map(({ at }) => clock.dayOf(at))
  setDays(people, uid, days)
}

/** Folds the marked people anew; each is marked with the id of the first event that was not taken. */
export async function refoldMarked(
  db: Queryable,
  engine: Engine,
  { marked, upTo }: { marked: ReadonlyMap<number, number>; upTo: number },
): Promise<void> {
  for (const [uid, events] of await engine.source.of(db, [...marked.keys()], upTo))
    refoldPerson(uid, events, { engine, from: marked.get(uid) ?? 0 })
}

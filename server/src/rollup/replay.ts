import type { Db } from '@botdeck/shared/db/db'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import { count, lte } from 'drizzle-orm'
import type { OnProgress } from './build.ts'
import { CellChanges } from './cell-changes.ts'
import { EventSource } from './event-source.ts'
import { audienceOf, contributionOf, type PersonState } from './fold.ts'
import type { RollupState } from './store.ts'

/** All events up to a watermark as cells and states, person by person, from nothing. */
export async function replay(
  db: Db,
  at: Pick<RollupState, 'watermark' | 'zone' | 'weekStart'>,
  onProgress: OnProgress = () => {},
): Promise<{ changes: CellChanges; states: Map<number, PersonState> }> {
  const source = await EventSource.open(db)
  const clock = zoneClock(at.zone, at.weekStart)
  const changes = new CellChanges()
  const states = new Map<number, PersonState>()
  const { events } = db.t
  const [row] = await db.orm.select({ total: count() }).from(events).where(lte(events.id, at.watermark))
  const total = row?.total ?? 0
  let done = 0
  for await (const person of source.everybody(db, at.watermark)) {
    const uid = person[0]?.uid
    if (uid === undefined) continue
    const state = contributionOf(person, audienceOf(person), { uid, clock, changes, sign: 1 })
    if (state) states.set(uid, state)
    done += person.length
    onProgress(done, total)
  }
  return { changes, states }
}

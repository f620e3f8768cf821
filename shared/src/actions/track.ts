import { sql } from 'drizzle-orm'
import type { Tx } from '#db/db'
import { rowStatement, slots } from '#db/statement'
import { isActivity } from '#domain/tracking-plan'
import { eventKey } from './event-key.ts'
import { eventTypeIds } from './event-types.ts'

/** An event to record. */
export interface NewEvent {
  uid: number
  type: string
  /** When it happened, in ms. */
  at: number
  /** What makes it the same event when it comes again; without it a repetition cannot be recognised. */
  id?: string | undefined
  props?: Record<string, unknown> | undefined
  /** Overrides the default of the type. */
  activity?: boolean | undefined
}

/**
 * Records events in the order given. An event whose `(uid, id)` is known adds nothing.
 * @returns the number of each event in the log, or null where it was a repetition
 */
export async function track(tx: Tx, events: readonly NewEvent[]): Promise<(number | null)[]> {
  if (events.length === 0) return []
  const types = await eventTypeIds(
    tx,
    events.map((event) => event.type),
  )
  await tx.orderEvents()
  const rows = await insertRow(
    tx,
    events.map((event) => rowOf(event, types)),
  )
  const ids = rows.map((row) => row?.id ?? null)
  await countGenerations(tx, events, ids)
  return ids
}

const insertRow = rowStatement<{ id: number }>(
  () => sql`insert into events (uid, event_key, type, at, activity, props) values (${slots(6)})
    on conflict do nothing returning id`,
)

/** The values of a row: properties are JSON text, or null where there are none. */
function rowOf(event: NewEvent, types: ReadonlyMap<string, number>): unknown[] {
  const { uid, id, at, props = {} } = event
  const type = types.get(event.type)
  if (type === undefined) throw new Error(`event type ${event.type} has no number`)
  const key = id === undefined ? null : eventKey(id)
  const text = Object.keys(props).length > 0 ? JSON.stringify(props) : null
  return [uid, key, type, at, event.activity ?? isActivity(event.type, props), text]
}

const addGenerations = rowStatement(
  () =>
    sql`update users set generations = generations + ${sql.placeholder('0')} where uid = ${sql.placeholder('1')}`,
)

/** `users.generations` counts the pictures that succeeded, whoever reported them. */
async function countGenerations(tx: Tx, events: readonly NewEvent[], ids: (number | null)[]): Promise<void> {
  const succeeded = new Map<number, number>()
  for (const [index, event] of events.entries())
    if (event.type === 'generation_succeeded' && ids[index] !== null)
      succeeded.set(event.uid, (succeeded.get(event.uid) ?? 0) + 1)
  await addGenerations(
    tx,
    [...succeeded].map(([uid, more]) => [more, uid]),
  )
}

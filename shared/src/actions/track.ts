import { type DriverValueEncoder, eq, type SQLWrapper, sql } from 'drizzle-orm'
import type { Tx } from '#db/db'
import { statement } from '#db/statement'
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
  const ids: (number | null)[] = []
  for (const event of events) ids.push(await insertEvent(tx, event, types))
  await countGenerations(tx, events, ids)
  return ids
}

interface EventValues extends Record<string, unknown> {
  uid: number
  key: bigint | null
  type: number
  at: number
  activity: boolean
  /** JSON text: an encoder would turn null into the text `null`. */
  props: string | null
}

const insertRow = statement<{ id: number }, EventValues>(({ events: e }) => {
  const value = (
    name: keyof EventValues & string,
    column: SQLWrapper & DriverValueEncoder<unknown, unknown>,
  ) => sql.param(sql.placeholder(name), column)
  return sql`
    insert into ${e} (uid, event_key, type, at, activity, props)
    values (${value('uid', e.uid)}, ${value('key', e.eventKey)}, ${value('type', e.type)}, ${value('at', e.at)},
            ${value('activity', e.activity)}, ${sql.placeholder('props')})
    on conflict do nothing returning id`
})

async function insertEvent(
  tx: Tx,
  event: NewEvent,
  types: ReadonlyMap<string, number>,
): Promise<number | null> {
  const type = types.get(event.type)
  if (type === undefined) throw new Error(`event type ${event.type} has no number`)
  const [row] = await insertRow(tx, {
    uid: event.uid,
    key: event.id === undefined ? null : eventKey(event.id),
    type,
    at: event.at,
    activity: event.activity ?? isActivity(event.type, event.props ?? {}),
    props: event.props && Object.keys(event.props).length > 0 ? JSON.stringify(event.props) : null,
  })
  return row?.id ?? null
}

/** `users.generations` counts the pictures that succeeded, whoever reported them. */
async function countGenerations(tx: Tx, events: readonly NewEvent[], ids: (number | null)[]): Promise<void> {
  const succeeded = new Map<number, number>()
  for (const [index, event] of events.entries())
    if (event.type === 'generation_succeeded' && ids[index] !== null)
      succeeded.set(event.uid, (succeeded.get(event.uid) ?? 0) + 1)
  const { users } = tx.t
  for (const [uid, more] of succeeded)
    await tx.orm
      .update(users)
      .set({ generations: sql`${users.generations} + ${more}` })
      .where(eq(users.uid, uid))
}

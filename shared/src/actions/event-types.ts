import { inArray } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import { trackingPlan } from '#domain/tracking-plan'

/** Gives the built-in types their numbers; done once, with the migrations. */
export async function seedEventTypes(tx: Tx): Promise<void> {
  const rows = Object.keys(trackingPlan).map((name) => ({ name }))
  await tx.orm.insert(tx.t.eventTypes).values(rows).onConflictDoNothing()
}

async function typesNamed(db: Queryable, wanted: string[]): Promise<[string, number][]> {
  const { eventTypes } = db.t
  const rows = await db.orm.select().from(eventTypes).where(inArray(eventTypes.name, wanted))
  return rows.map((row) => [row.name, row.id])
}

/** Types found committed, by database. They are never renamed or removed, so they are asked for once. */
const remembered = new WeakMap<object, Map<string, number>>()

/**
 * The number of each named type; a type not seen before gets one.
 * @NOTE A number given in this very transaction is not remembered, because the transaction may be rolled back.
 */
export async function eventTypeIds(tx: Tx, wanted: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  const known = remembered.get(tx.database) ?? new Map<string, number>()
  remembered.set(tx.database, known)
  const missing = [...new Set(wanted)].filter((name) => !known.has(name))
  if (missing.length === 0) return known
  for (const [name, id] of await typesNamed(tx, missing)) known.set(name, id)
  const unseen = missing.filter((name) => !known.has(name))
  if (unseen.length === 0) return known
  await tx.orm
    .insert(tx.t.eventTypes)
    .values(unseen.map((name) => ({ name })))
    .onConflictDoNothing()
  return new Map([...known, ...(await typesNamed(tx, unseen))])
}

/** The numbers of those of the named types that were ever seen; nobody's events have the others. */
export async function findEventTypes(db: Queryable, wanted: string[]): Promise<ReadonlyMap<string, number>> {
  return new Map(wanted.length === 0 ? [] : await typesNamed(db, wanted))
}

/** Names of all types by number. */
export async function eventTypeNames(db: Queryable): Promise<ReadonlyMap<number, string>> {
  const rows = await db.orm.select().from(db.t.eventTypes)
  return new Map(rows.map((row) => [row.id, row.name]))
}

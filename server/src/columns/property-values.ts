import type { Db, Queryable } from '@botdeck/shared/db/db'
import { gt, inArray } from 'drizzle-orm'
import { slicesOf } from '../rollup/store.ts'
import { lockSealing } from './seal-state.ts'

/** Codes that fit into memory everywhere. A value beyond has none, and its chunk no such column. */
const mostValues = 1_000_000

/** The codes known to this process, by database. They are never changed or removed. */
const known = new WeakMap<Db, Map<string, number>>()

function codesOf(db: Db): Map<string, number> {
  const codes = known.get(db) ?? new Map<string, number>()
  known.set(db, codes)
  return codes
}

async function find(db: Db, texts: readonly string[], codes: Map<string, number>): Promise<void> {
  const { propertyValues } = db.t
  for (const part of slicesOf(texts)) {
    const rows = await db.orm.select().from(propertyValues).where(inArray(propertyValues.value, part))
    for (const { code, value } of rows) codes.set(value, code)
  }
}

/**
 * The code of each JSON text; a text not seen before gets one. Codes commit in ascending order, as `lockSealing` lets
 * one process in at a time. Undefined where there are too many values already.
 */
export async function codesFor(
  db: Db,
  texts: readonly string[],
  sealed: number,
): Promise<(number | undefined)[]> {
  const codes = codesOf(db)
  const unknown = texts.filter((text) => !codes.has(text))
  await find(db, unknown, codes)
  const unseen = unknown.filter((text) => !codes.has(text)).slice(0, Math.max(0, mostValues - codes.size))
  for (const part of slicesOf(unseen))
    await db.transaction(async (tx) => {
      await lockSealing(tx, sealed)
      const values = part.map((value) => ({ value }))
      await tx.orm.insert(tx.t.propertyValues).values(values).onConflictDoNothing()
    })
  await find(db, unseen, codes)
  return texts.map((text) => codes.get(text))
}

/** The values by code, as a reader knows them. */
export class PropertyValues {
  readonly #values: unknown[] = [undefined]

  /** One more than the highest code. */
  get size(): number {
    return this.#values.length
  }

  /** The value of a code; undefined for 0, which stands for a missing one. */
  of(code: number): unknown {
    return this.#values[code]
  }

  /** Learns the values that were added since. */
  async refresh(db: Queryable): Promise<void> {
    const { propertyValues } = db.t
    const rows = await db.orm
      .select()
      .from(propertyValues)
      .where(gt(propertyValues.code, this.#values.length - 1))
      .orderBy(propertyValues.code)
    for (const { code, value } of rows) this.#values[code] = JSON.parse(value) as unknown
  }
}

const readers = new WeakMap<object, PropertyValues>()

/** The values of a database, all that its columns hold at the view; kept by `database`, which is the same at each question. */
export async function propertyValuesOf(database: object, view: Queryable): Promise<PropertyValues> {
  const values = readers.get(database) ?? new PropertyValues()
  readers.set(database, values)
  await values.refresh(view)
  return values
}

import type { Queryable } from '@botdeck/shared/db/db'
import { and, between, inArray } from 'drizzle-orm'
import type { ChunkPlace } from '../columns/chunk-rows.ts'

/** Which of the properties that a question looks at the events of a chunk can have at all. */
export class HeldKeys {
  /** By chunk: the properties in rows alone; no entry where they are not known. */
  readonly #free = new Map<number, readonly string[]>()
  /** By property: the chunks that have a column of it. */
  readonly #columns = new Map<string, Set<number>>()

  static async of(
    view: Queryable,
    places: readonly ChunkPlace[],
    keys: readonly string[],
  ): Promise<HeldKeys> {
    const held = new HeldKeys()
    if (places.length > 0 && keys.length > 0) await held.#read(view, places, keys)
    return held
  }

  async #read(view: Queryable, places: readonly ChunkPlace[], keys: readonly string[]): Promise<void> {
    const first = places.reduce((least, { id }) => Math.min(least, id), Number.MAX_SAFE_INTEGER)
    const last = places.reduce((most, { id }) => Math.max(most, id), 0)
    const { chunkKeys, chunkCodes } = view.t
    const free = await view.orm
      .select()
      .from(chunkKeys)
      .where(between(chunkKeys.chunk, first, last))
    for (const row of free) this.#free.set(row.chunk, row.keys)
    for (const key of keys) this.#columns.set(key, new Set())
    const columns = await view.orm
      .select({ chunk: chunkCodes.chunk, key: chunkCodes.key })
      .from(chunkCodes)
      .where(and(between(chunkCodes.chunk, first, last), inArray(chunkCodes.key, [...keys])))
    for (const { chunk, key } of columns) this.#columns.get(key)?.add(chunk)
  }

  /** Whether an event of the chunk may have the property: in a column, or in its row. */
  may({ id }: ChunkPlace, key: string): boolean {
    return (this.#free.get(id)?.includes(key) ?? true) || (this.#columns.get(key)?.has(id) ?? true)
  }
}

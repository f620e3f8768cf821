import type { Queryable } from '@botdeck/shared/db/db'
import { sql } from 'drizzle-orm'
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
    const within = sql`chunk between ${first} and ${last}`
    const free = await view.all<{ chunk: number; keys: string }>(
      sql`select chunk, keys from chunk_keys where ${within}`,
    )
    // Chunks of one type have the same few lists.
    const lists = new Map<string, readonly string[]>()
    for (const { chunk, keys: text } of free) {
      const list = lists.get(text) ?? (JSON.parse(text) as readonly string[])
      lists.set(text, list)
      this.#free.set(chunk, list)
    }
    for (const key of keys) this.#columns.set(key, new Set())
    const columns = await view.all<{ chunk: number; key: string }>(
      sql`select chunk, key from chunk_codes where ${within} and key in ${keys}`,
    )
    for (const { chunk, key } of columns) this.#columns.get(key)?.add(chunk)
  }

  /** Whether an event of the chunk may have the property: in a column, or in its row. */
  may({ id }: ChunkPlace, key: string): boolean {
    return (this.#free.get(id)?.includes(key) ?? true) || (this.#columns.get(key)?.has(id) ?? true)
  }
}

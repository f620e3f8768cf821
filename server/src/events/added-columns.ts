import { columnsOf } from '@botdeck/shared/domain/tracking-plan'
import { eq, type SQL, sql } from 'drizzle-orm'
import type { ChunkPlace } from '../columns/chunk-rows.ts'
import { type Codes, numbersIn } from '../columns/event-chunk.ts'
import type { HeldKeys } from './held-keys.ts'
import type { ScanPlan } from './scan-plan.ts'
import type { ReadChunk } from './sealed-chunks.ts'

interface Row {
  id: number
  props: string
}

/**
 * The rows among the events of chunks that may have a property. Text that holds the key in quotes is a superset of them,
 * found without parsing: where few events have the property, few are parsed.
 */
function rowsWith({ view, from, to }: ScanPlan, key: string, places: readonly ChunkPlace[]): SQL {
  const types = [...new Set(places.map(({ type }) => type))]
  const first = places.reduce((least, { firstId }) => Math.min(least, firstId), Number.MAX_SAFE_INTEGER)
  const last = places.reduce((most, { lastId }) => Math.max(most, lastId), 0)
  const text = JSON.stringify(key)
  const found = view.db.engine === 'postgres' ? sql`strpos(props, ${text})` : sql`instr(props, ${text})`
  return sql`
    select id, props from events
    where id between ${first} and ${Math.min(last, view.watermark)} and type in ${types} and ${found} > 0
      ${Number.isFinite(from) ? sql`and at >= ${from}` : sql``} ${Number.isFinite(to) ? sql`and at < ${to}` : sql``}`
}

/** Ids between chunks that are read along rather than asked about twice. */
const widestGap = 20_000

/** Chunks in stretches of ids with none of them in between. */
function stretches(places: readonly ChunkPlace[]): ChunkPlace[][] {
  const found: ChunkPlace[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const place of [...places].sort((a, b) => a.firstId - b.firstId)) {
    if (place.firstId > end + widestGap) found.push([])
    found.at(-1)?.push(place)
    end = Math.max(end, place.lastId)
  }
  return found
}

async function codesById(
  plan: ScanPlan,
  key: string,
  places: readonly ChunkPlace[],
): Promise<Map<number, number>> {
  const codes = new Map<number, number>()
  for (const stretch of stretches(places))
    for await (const rows of plan.view.scan<Row>(rowsWith(plan, key, stretch)))
      for (const { id, props: text } of rows) {
        // @NOTE The column holds objects alone.
        const props = JSON.parse(text) as Record<string, unknown>
        const code = Object.hasOwn(props, key) ? plan.values.codeOf(props[key]) : 0
        if (code !== 0) codes.set(id, code)
      }
  return codes
}

/** Columns of properties that chunks do not hold, made from rows for one question. */
export class AddedColumns {
  readonly #plan: ScanPlan
  readonly #held: HeldKeys
  /** By property: the code of each event by its id, of all types that have no column of it. */
  readonly #codes = new Map<string, Map<number, number>>()

  constructor(plan: ScanPlan, held: HeldKeys) {
    this.#plan = plan
    this.#held = held
  }

  /** The codes of a property in a chunk that has no column of it; null where no event of it has the property. */
  async of(chunk: ReadChunk, key: string): Promise<Codes | null> {
    if (!this.#held.may(chunk.place, key)) return null
    const { types, places } = this.#plan
    const isPlanned = (type: number) => columnsOf(types.get(type)?.name ?? '').includes(key)
    let byId = this.#codes.get(key)
    // A type that has such columns lacks one in a chunk with a long value, and in chunks older than the column.
    if (isPlanned(chunk.place.type)) byId = await codesById(this.#plan, key, [chunk.place])
    else if (!byId) {
      const lacking = places.filter(
        (place) =>
          types.get(place.type)?.keys.includes(key) && !isPlanned(place.type) && this.#held.may(place, key),
      )
      byId = await codesById(this.#plan, key, lacking)
      this.#codes.set(key, byId)
    }
    if (byId.size === 0) return null
    const ids = chunk.ids ?? (await this.#idsOf(chunk))
    const codes = byId
    return ids.map((id) => codes.get(chunk.place.firstId + id) ?? 0)
  }

  async #idsOf({ place }: ReadChunk): Promise<Uint32Array> {
    const { db } = this.#plan.view
    const { eventChunks: chunks } = db.t
    const [row] = await db.orm.select({ ids: chunks.ids }).from(chunks).where(eq(chunks.id, place.id))
    if (!row) throw new Error(`chunk ${place.id} is gone from its snapshot`)
    return numbersIn(row.ids)
  }
}

import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { ChunkPlace } from '../columns/chunk-rows.ts'
import type { Codes } from '../columns/event-chunk.ts'
import type { ScanPlan } from './scan-plan.ts'
import type { ReadChunk } from './sealed-chunks.ts'

/** Columns of properties that chunks do not hold, made from rows for one question. */
export interface AddedColumns {
  /** Whether there are any, so that the ids of chunks must be read. */
  isNeeded: boolean
  /** The codes of a chunk that has no column of the property; null where no event of it has the property. */
  of(chunk: ReadChunk, key: string): Codes | null
}

interface Row {
  id: number
  type: number
  props: string
}

/** The chunks that lack a property, by property. */
async function lacking({ view, places, types }: ScanPlan): Promise<Map<string, ChunkPlace[]>> {
  const wanted = new Map<string, ChunkPlace[]>()
  for (const place of places)
    for (const key of types.get(place.type)?.keys ?? []) wanted.set(key, [...(wanted.get(key) ?? []), place])
  const { chunkCodes, eventChunks } = view.db.t
  for (const [key, all] of wanted) {
    const rows = await view.db.orm
      .select({ id: chunkCodes.chunk })
      .from(chunkCodes)
      .innerJoin(eventChunks, eq(eventChunks.id, chunkCodes.chunk))
      .where(
        and(eq(chunkCodes.key, key), inArray(eventChunks.type, [...new Set(all.map(({ type }) => type))])),
      )
    const having = new Set(rows.map(({ id }) => id))
    const left = all.filter(({ id }) => !having.has(id))
    if (left.length > 0) wanted.set(key, left)
    else wanted.delete(key)
  }
  return wanted
}

/**
 * The rows that may have the property. Text that holds the key in quotes is a superset of them, found without parsing:
 * where few events have the property, few are parsed.
 */
function rowsWith(plan: ScanPlan, key: string, places: readonly ChunkPlace[]): SQL {
  const { view, from, to } = plan
  const types = [...new Set(places.map(({ type }) => type))]
  const first = places.reduce((least, { firstId }) => Math.min(least, firstId), Number.MAX_SAFE_INTEGER)
  const last = places.reduce((most, { lastId }) => Math.max(most, lastId), 0)
  const text = JSON.stringify(key)
  const found = view.db.engine === 'postgres' ? sql`strpos(props, ${text})` : sql`instr(props, ${text})`
  return sql`
    select id, type, props from events
    where id between ${first} and ${Math.min(last, view.watermark)} and type in ${types} and ${found} > 0
      ${Number.isFinite(from) ? sql`and at >= ${from}` : sql``} ${Number.isFinite(to) ? sql`and at < ${to}` : sql``}`
}

/** Reads the properties that chunks have no column of: by property, the code of each event by its id. */
export async function addedColumns(plan: ScanPlan): Promise<AddedColumns> {
  const codes = new Map<string, Map<number, number>>()
  for (const [key, places] of await lacking(plan)) {
    const byId = new Map<number, number>()
    for await (const rows of plan.view.scan<Row>(rowsWith(plan, key, places)))
      for (const { id, props: text } of rows) {
        // @NOTE The column holds objects alone.
        const props = JSON.parse(text) as Record<string, unknown>
        const code = Object.hasOwn(props, key) ? plan.values.codeOf(props[key]) : 0
        if (code !== 0) byId.set(id, code)
      }
    codes.set(key, byId)
  }
  return {
    isNeeded: codes.size > 0,
    of({ place, ids }, key) {
      const byId = codes.get(key)
      if (!byId || byId.size === 0 || ids === null) return null
      return ids.map((id) => byId.get(place.firstId + id) ?? 0)
    },
  }
}

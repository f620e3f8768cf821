import type { Db } from '@botdeck/shared/db/db'
import { count, gte, inArray, sql } from 'drizzle-orm'
import { oneOrEach } from './cell-builder.ts'
import { type ChunkPlace, chunksFrom, insertChunk, placeColumns } from './chunk-rows.ts'
import { type Codes, type EventChunk, narrowed } from './event-chunk.ts'
import { keyList } from './free-keys.ts'
import { deleteChunks, lockSealing, readSealedId } from './seal-state.ts'

/** Chunks of about one size that are merged into one, so that an event is written again about log₄ times. */
const fanIn = 4
/** A chunk made by merging is no longer, so that one transaction stays short. */
const longestMerge = 65_536
const idSpan = 2 ** 32

const tierOf = ({ events }: ChunkPlace) => Math.floor(Math.log2(events) / 2)

/** Chunks of one day and type that should be one: `fanIn` of about one size. */
function group(cell: readonly ChunkPlace[]): ChunkPlace[] | null {
  const tiers = new Map<number, ChunkPlace[]>()
  for (const place of cell) {
    const tier = [...(tiers.get(tierOf(place)) ?? []), place]
    tiers.set(tierOf(place), tier)
    const first = Math.min(...tier.map(({ firstId }) => firstId))
    const last = Math.max(...tier.map(({ lastId }) => lastId))
    const events = tier.reduce((sum, chunk) => sum + chunk.events, 0)
    if (events > longestMerge || last - first >= idSpan) tiers.set(tierOf(place), [place])
    else if (tier.length === fanIn) return tier
  }
  return null
}

/** The first group there is. */
async function findGroup(db: Db, sealed: number): Promise<ChunkPlace[] | null> {
  const { eventChunks: chunks } = db.t
  const crowded = await db.orm
    .select({ day: chunks.day, type: chunks.type })
    .from(chunks)
    .groupBy(chunks.day, chunks.type)
    .having(gte(count(), fanIn))
  for (const { day, type } of crowded) {
    const cell = await db.all<ChunkPlace>(sql`
      select ${placeColumns} from event_chunks
      where day = ${day} and type = ${type} and last_id <= ${sealed} order by id`)
    const found = group(cell)
    if (found) return found
  }
  return null
}

/** Where each event goes: by time, those of one time by id. */
function orderOf(parts: readonly EventChunk[]): { part: EventChunk; index: number }[] {
  const all = parts.flatMap((part) => Array.from({ length: part.length }, (_, index) => ({ part, index })))
  const time = ({ part, index }: (typeof all)[number]) => part.times[index] ?? 0
  const id = ({ part, index }: (typeof all)[number]) => part.firstId + (part.ids[index] ?? 0)
  return all.sort((a, b) => time(a) - time(b) || id(a) - id(b))
}

/** The free keys of all parts, and those of columns that only some of them have. */
function freeKeysOf(parts: readonly EventChunk[], columns: readonly string[]): string[] | null {
  const names = new Set<string>()
  for (const { freeKeys, codes } of parts) {
    if (freeKeys === null) return null
    for (const key of freeKeys) names.add(key)
    for (const [key, own] of codes) if (own !== null && !columns.includes(key)) names.add(key)
  }
  return keyList(names)
}

/** One chunk of several of one day and type. */
export function merged(parts: readonly EventChunk[]): EventChunk {
  const [any] = parts
  if (!any) throw new Error('nothing to merge')
  const order = orderOf(parts)
  const firstId = Math.min(...parts.map((part) => part.firstId))
  const picked = (of: (part: EventChunk, index: number) => number) =>
    Uint32Array.from(order, ({ part, index }) => of(part, index))
  const active = (part: EventChunk, index: number) =>
    typeof part.activity === 'boolean' ? Number(part.activity) : (part.activity[index] ?? 0)
  const keys = [...any.codes.keys()].filter((key) => parts.every(({ codes }) => codes.has(key)))
  return {
    day: any.day,
    type: any.type,
    length: order.length,
    firstId,
    lastId: Math.max(...parts.map((part) => part.lastId)),
    uids: picked((part, index) => part.uids[index] ?? 0),
    times: picked((part, index) => part.times[index] ?? 0),
    ids: picked((part, index) => part.firstId - firstId + (part.ids[index] ?? 0)),
    activity: oneOrEach(Uint8Array.from(picked(active))),
    codes: new Map(
      keys.map((key): [string, Codes | null] => [
        key,
        narrowed(picked((part, index) => part.codes.get(key)?.[index] ?? 0)),
      ]),
    ),
    freeKeys: freeKeysOf(parts, keys),
  }
}

/**
 * Merges one group of small chunks, in one transaction of some milliseconds. Call it until it answers false: there is
 * none left. Readers see the chunks before or the one after it. Throws where another process changed them meanwhile.
 */
export async function mergeChunks(db: Db): Promise<boolean> {
  const sealed = await readSealedId(db)
  const places = await findGroup(db, sealed)
  if (!places) return false
  const { eventChunks, chunkCodes, chunkKeys } = db.t
  const ids = places.map(({ id }) => id)
  const rows = await db.orm.select().from(eventChunks).where(inArray(eventChunks.id, ids))
  const columns = await db.orm.select().from(chunkCodes).where(inArray(chunkCodes.chunk, ids))
  const keys = await db.orm.select().from(chunkKeys).where(inArray(chunkKeys.chunk, ids))
  const chunk = merged(chunksFrom(rows, columns, keys))
  await db.transaction(async (tx) => {
    await lockSealing(tx, sealed)
    await insertChunk(tx, chunk)
    await deleteChunks(tx, ids)
  })
  return true
}

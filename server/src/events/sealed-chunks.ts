import type { Queryable } from '@botdeck/shared/db/db'
import { sql } from 'drizzle-orm'
import { type ChunkPlace, placeColumns, type StoredCodes } from '../columns/chunk-rows.ts'
import { type Codes, codesIn, numbersIn } from '../columns/event-chunk.ts'
import { release } from '../memory.ts'

/** Which chunks a question reads, and which of their columns. */
export interface ChunkQuery {
  /** UTC days, both inside. */
  firstDay: number
  lastDay: number
  /** Numbers of types; all where null. */
  types: readonly number[] | null
  sealed: number
}

/** Where the chunks are that a question reads, by day. */
export async function chunkPlaces(view: Queryable, query: ChunkQuery): Promise<ChunkPlace[]> {
  const { firstDay, lastDay, types, sealed } = query
  const small = (day: number) => Math.max(-(2 ** 31), Math.min(day, 2 ** 31 - 1))
  const ofTypes = types === null ? sql`` : sql`and type in ${types}`
  return view.all<ChunkPlace>(sql`
    select ${placeColumns} from event_chunks
    where day between ${small(firstDay)} and ${small(lastDay)} and last_id <= ${sealed} ${ofTypes}
    order by day, type, id`)
}

/** Columns of one chunk, such as were asked for. */
export interface ReadChunk {
  place: ChunkPlace
  uids: Uint32Array
  times: Uint32Array
  activity: boolean | Uint8Array
  /** Ids less those of the place; none where they were not asked for. */
  ids: Uint32Array | null
  codes: ReadonlyMap<string, Codes | null>
}

/** What one statement reads, about. */
const batchEvents = 400_000
const batchChunks = 200

function* batchesOf(places: readonly ChunkPlace[]): Generator<ChunkPlace[]> {
  let batch: ChunkPlace[] = []
  let events = 0
  for (const place of places) {
    batch.push(place)
    events += place.events
    if (batch.length < batchChunks && events < batchEvents) continue
    yield batch
    batch = []
    events = 0
  }
  if (batch.length > 0) yield batch
}

async function codesOf(
  view: Queryable,
  ids: number[],
  keys: readonly string[],
): Promise<Map<number, Map<string, Codes | null>>> {
  const found = new Map<number, Map<string, Codes | null>>()
  if (keys.length === 0) return found
  const rows = await view.all<StoredCodes>(sql`
    select chunk, key, width, codes from chunk_codes where chunk in ${ids} and key in ${keys}`)
  for (const { chunk, key, width, codes } of rows) {
    const own = found.get(chunk) ?? new Map<string, Codes | null>()
    own.set(key, codesIn(codes, width))
    found.set(chunk, own)
  }
  return found
}

const noCodes: ReadonlyMap<string, Codes | null> = new Map()

interface Row {
  id: number
  uids: Uint8Array
  times: Uint8Array
  activity: Uint8Array | null
  allActivity: boolean | number | null
  ids?: Uint8Array
}

/**
 * Reads the columns of chunks, some at a time, in the order of `places`. Those of a chunk are gone when the next is asked
 * for.
 */
export async function* readChunks(
  view: Queryable,
  places: readonly ChunkPlace[],
  wanted: { keys: readonly string[]; withIds: boolean },
): AsyncGenerator<ReadChunk> {
  const ofIds = wanted.withIds ? sql`, ids` : sql``
  for (const batch of batchesOf(places)) {
    const ids = batch.map(({ id }) => id)
    const rows = await view.all<Row>(sql`
      select id, uids, times, activity, all_activity as "allActivity" ${ofIds} from event_chunks where id in ${ids}`)
    const byId = new Map(rows.map((row) => [row.id, row]))
    const codes = await codesOf(view, ids, wanted.keys)
    for (const place of batch) {
      const row = byId.get(place.id)
      if (!row) throw new Error(`chunk ${place.id} is gone from its snapshot`)
      yield {
        place,
        uids: numbersIn(row.uids),
        times: numbersIn(row.times),
        activity: row.activity ?? Boolean(row.allActivity),
        ids: row.ids ? numbersIn(row.ids) : null,
        codes: codes.get(place.id) ?? noCodes,
      }
      release(row.uids, row.times, row.activity, row.ids, ...(codes.get(place.id)?.values() ?? []))
    }
  }
}

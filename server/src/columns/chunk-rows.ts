import type { Tx } from '@botdeck/shared/db/db'
import { statement } from '@botdeck/shared/db/statement'
import { sql } from 'drizzle-orm'
import { bytesOf, type Codes, codesIn, type EventChunk, numbersIn } from './event-chunk.ts'

interface ChunkValues extends Record<string, unknown> {
  day: number
  type: number
  events: number
  firstId: number
  lastId: number
  uids: Buffer
  times: Buffer
  activity: Buffer | null
  allActivity: boolean | number | null
  ids: Buffer
}

const insertRow = statement<{ id: number }, ChunkValues>(({ eventChunks }) => {
  const value = (name: keyof ChunkValues & string) => sql.placeholder(name)
  return sql`
    insert into ${eventChunks} (day, type, events, first_id, last_id, uids, times, activity, all_activity, ids)
    values (${value('day')}, ${value('type')}, ${value('events')}, ${value('firstId')}, ${value('lastId')},
      ${value('uids')}, ${value('times')}, ${value('activity')}, ${value('allActivity')}, ${value('ids')})
    returning id`
})

interface CodeValues extends Record<string, unknown> {
  chunk: number
  key: string
  width: number
  codes: Buffer
}

const insertCodes = statement<never, CodeValues>(({ chunkCodes }) => {
  const value = (name: keyof CodeValues & string) => sql.placeholder(name)
  return sql`insert into ${chunkCodes} (chunk, key, width, codes)
    values (${value('chunk')}, ${value('key')}, ${value('width')}, ${value('codes')})`
})

const insertKeys = statement<never, { chunk: number; keys: string }>(
  ({ chunkKeys }) => sql`
    insert into ${chunkKeys} (chunk, keys) values (${sql.placeholder('chunk')}, ${sql.placeholder('keys')})`,
)

/** Stores a chunk with its columns. @returns its id */
export async function insertChunk(tx: Tx, chunk: EventChunk): Promise<number> {
  const { activity } = chunk
  const all = typeof activity === 'boolean' ? activity : null
  const [row] = await insertRow(tx, {
    day: chunk.day,
    type: chunk.type,
    events: chunk.length,
    firstId: chunk.firstId,
    lastId: chunk.lastId,
    uids: bytesOf(chunk.uids),
    times: bytesOf(chunk.times),
    activity: typeof activity === 'boolean' ? null : bytesOf(activity),
    // SQLite has no booleans.
    allActivity: all === null || tx.engine === 'postgres' ? all : Number(all),
    ids: bytesOf(chunk.ids),
  })
  if (!row) throw new Error('a chunk was not stored')
  for (const [key, codes] of chunk.codes)
    await insertCodes(tx, {
      chunk: row.id,
      key,
      width: codes?.BYTES_PER_ELEMENT ?? 0,
      codes: codes ? bytesOf(codes) : Buffer.alloc(0),
    })
  if (chunk.freeKeys) await insertKeys(tx, { chunk: row.id, keys: JSON.stringify(chunk.freeKeys) })
  return row.id
}

/** About how many bytes a chunk is stored in. */
export function sizeOf(chunk: EventChunk): number {
  const columns = [...chunk.codes.values()].reduce((sum, codes) => sum + (codes?.byteLength ?? 0), 0)
  return 200 + chunk.length * 13 + columns
}

interface StoredChunk {
  id: number
  day: number
  type: number
  events: number
  firstId: number
  lastId: number
  uids: Uint8Array
  times: Uint8Array
  activity: Uint8Array | null
  allActivity: boolean | null
  ids: Uint8Array
}

export interface StoredCodes {
  chunk: number
  key: string
  width: number
  codes: Uint8Array
}

interface StoredKeys {
  chunk: number
  keys: string[]
}

/** Chunks from their rows, in the order of these. */
export function chunksFrom(
  rows: readonly StoredChunk[],
  columns: readonly StoredCodes[],
  keys: readonly StoredKeys[],
): EventChunk[] {
  const freeKeys = new Map(keys.map((row) => [row.chunk, row.keys]))
  const codes = new Map<number, Map<string, Codes | null>>()
  for (const column of columns) {
    const own = codes.get(column.chunk) ?? new Map()
    own.set(column.key, codesIn(column.codes, column.width))
    codes.set(column.chunk, own)
  }
  return rows.map((row) => ({
    day: row.day,
    type: row.type,
    length: row.events,
    firstId: row.firstId,
    lastId: row.lastId,
    uids: numbersIn(row.uids),
    times: numbersIn(row.times),
    activity: row.activity ?? row.allActivity ?? false,
    ids: numbersIn(row.ids),
    codes: codes.get(row.id) ?? new Map(),
    freeKeys: freeKeys.get(row.id) ?? null,
  }))
}

/** Where and how long a chunk is. */
export type ChunkPlace = Pick<StoredChunk, 'id' | 'day' | 'type' | 'events' | 'firstId' | 'lastId'>

/** The columns of `event_chunks` that make a `ChunkPlace`, none of which is long. */
export const placeColumns = sql`id, day, type, events, first_id as "firstId", last_id as "lastId"`

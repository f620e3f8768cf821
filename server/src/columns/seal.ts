import type { Db } from '@botdeck/shared/db/db'
import { insertChunk, sizeOf } from './chunk-rows.ts'
import type { EventChunk } from './event-chunk.ts'
import { codesFor } from './property-values.ts'
import { lockSealing, refuseForeign, type Sealing, sealingOf } from './seal-state.ts'
import { type Slice, SliceReader } from './slice.ts'

/** Called now and then with how many events are done, of how many. */
export type OnProgress = (done: number, total: number) => void

/** Rows that are worth sealing: fewer cost a question little, and make small chunks. */
export const tailGoal = 20_000

/** Events of one slice at most. The more, the fewer chunks; their rows are held in memory at once. */
const sliceEvents = 200_000
/** What one transaction writes: it must not hold the write lock for long. */
const batchBytes = 1_000_000
const batchChunks = 60

function* batchesOf(chunks: Iterable<EventChunk>): Generator<EventChunk[]> {
  let batch: EventChunk[] = []
  let bytes = 0
  for (const chunk of chunks) {
    if (batch.length === batchChunks || (batch.length > 0 && bytes + sizeOf(chunk) > batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(chunk)
    bytes += sizeOf(chunk)
  }
  yield batch
}

function* chunksOf(slice: Slice, codes: readonly (number | undefined)[]): Generator<EventChunk> {
  // The codes of a slice begin after those that stand for no value.
  const byCode = [undefined, undefined, ...codes]
  for (const cell of slice.cells) yield* cell.chunks(byCode)
}

/**
 * Stores a slice. Where it takes several transactions, readers see none of it before the last one moves the sealed id:
 * chunks beyond that are waiting.
 */
async function store(db: Db, sealing: Sealing, slice: Slice): Promise<void> {
  const { sealed } = sealing
  const codes = await codesFor(db, slice.values.texts, sealed)
  const batches = [...batchesOf(chunksOf(slice, codes))]
  for (const [index, batch] of batches.entries())
    sealing.clearTo = await db.transaction(async (tx) => {
      await lockSealing(tx, sealed, index === batches.length - 1 ? slice.last : sealed)
      await refuseForeign(tx, sealed, sealing.clearTo)
      let last = sealing.clearTo
      for (const chunk of batch) last = await insertChunk(tx, chunk)
      return last
    })
  sealing.sealed = slice.last
}

async function seal(db: Db, upTo: number, onProgress: OnProgress = () => {}): Promise<void> {
  const sealing = sealingOf(db)
  const reader = await SliceReader.open(db)
  while (sealing.sealed < upTo) {
    const slice = await reader.read(db, { after: sealing.sealed, upTo, limit: sliceEvents })
    if (!slice) return
    await store(db, sealing, slice)
    onProgress(slice.last, upTo)
  }
}

/**
 * Takes the events after the sealed id, up to `upTo`, into columns. `upTo` is the watermark of the cells at most: a stat
 * looks no further. Call it when the tail is longer than `tailGoal`; what is left costs a question about a microsecond
 * an event. Everything is committed in transactions of some milliseconds. Does nothing while another process seals;
 * throws where two begin at once, and the later one may try again.
 */
export async function sealTail(db: Db, upTo: number): Promise<void> {
  if (await sealingOf(db).open(db)) await seal(db, upTo)
}

/**
 * Makes all columns anew from rows, up to the last event: for columns in doubt. Questions asked meanwhile are answered
 * from rows, as slowly as that is. Progress is told in event ids. Throws where another process seals.
 */
export async function resealAll(db: Db, onProgress?: OnProgress): Promise<void> {
  const sealing = sealingOf(db)
  if (!(await sealing.open(db))) throw new Error('another process seals events')
  const upTo = sealing.sealed
  await sealing.reset(db)
  await seal(db, upTo, onProgress)
}

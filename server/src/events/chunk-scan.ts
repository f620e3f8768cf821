import type { Codes } from '../columns/event-chunk.ts'
import { dayMs } from '../columns/event-chunk.ts'
import { type AddedColumns, addedColumns } from './added-columns.ts'
import type { EventRuns } from './event-runs.ts'
import type { ScanPlan, TypePlan } from './scan-plan.ts'
import { type ReadChunk, readChunks } from './sealed-chunks.ts'
import { kept } from './step-bits.ts'
import type { CodeTest } from './value-codes.ts'

/** The first place of a sorted array whose number is not below `limit`. */
function lowerBound(sorted: Uint32Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Takes away what a test takes away, event by event. */
function applyTest(bits: Int32Array, codes: Codes | null, test: CodeTest): void {
  if (codes === null) {
    const left = test.of(0)
    for (let index = 0; index < bits.length; index++) bits[index] = (bits[index] ?? 0) & left
    return
  }
  for (let index = 0; index < bits.length; index++)
    bits[index] = (bits[index] ?? 0) & test.of(codes[index] ?? 0)
}

/** The bits of each event of a chunk by its type, activity and properties; one number where they are the same for all. */
function bitsOf(
  plan: ScanPlan,
  type: TypePlan,
  chunk: { activity: boolean | Uint8Array; length: number; codesOf: (key: string) => Codes | null },
): Int32Array | number {
  const { activity, length } = chunk
  const all = kept | type.named | (activity === true ? plan.ofActivity : 0)
  const mixed = typeof activity !== 'boolean' && plan.ofActivity !== 0
  if (!mixed && type.tests.length === 0) return all
  const bits = new Int32Array(length).fill(all)
  if (mixed)
    for (let index = 0; index < length; index++)
      if (activity[index] === 1) bits[index] = all | plan.ofActivity
  for (const test of type.tests) applyTest(bits, chunk.codesOf(test.key), test)
  return bits
}

function codesIn(chunk: ReadChunk, added: AddedColumns): (key: string) => Codes | null {
  return (key) => {
    const codes = chunk.codes.get(key)
    return codes === undefined ? added.of(chunk, key) : codes
  }
}

/** Adds the events of one chunk. */
function addChunk(plan: ScanPlan, chunk: ReadChunk, to: { runs: EventRuns; added: AddedColumns }): void {
  const { place, uids, times, ids, activity } = chunk
  const { query, mask, allowed, view } = plan
  const type = plan.types.get(place.type)
  if (!type) return
  const { property, withActivity = false } = query
  const codesOf = codesIn(chunk, to.added)
  const bits = bitsOf(plan, type, { activity, length: uids.length, codesOf })
  if (bits === (kept | 0) && !(withActivity && activity !== false)) return
  const values = property === undefined ? null : codesOf(property)
  const start = place.day * dayMs
  const source = to.runs.source({ type: type.name, start, firstId: place.firstId })
  const end = plan.to >= start + dayMs ? uids.length : lowerBound(times, plan.to - start)
  const lastId = place.lastId > view.watermark ? view.watermark - place.firstId : null
  for (let index = plan.from <= start ? 0 : lowerBound(times, plan.from - start); index < end; index++) {
    const uid = uids[index] ?? 0
    if (mask[uid] !== 1) continue
    let own = typeof bits === 'number' ? bits : (bits[index] ?? 0)
    if ((own & kept) === 0) continue
    own &= ~kept
    if (allowed !== null) own &= allowed[uid] ?? 0
    if (own === 0 && !(withActivity && (activity === true || (activity !== false && activity[index] === 1))))
      continue
    const id = ids === null ? 0 : (ids[index] ?? 0)
    if (lastId !== null && id > lastId) continue
    to.runs.add(uid, times[index] ?? 0, source, own, id, values === null ? 0 : (values[index] ?? 0))
  }
}

/** Adds the events that columns hold. */
export async function addSealed(plan: ScanPlan, runs: EventRuns): Promise<void> {
  const { view, places, types, query } = plan
  const keys = [...new Set([...types.values()].flatMap((type) => type.keys))]
  const added = await addedColumns(plan)
  const withIds = !query.anyTieOrder || added.isNeeded || places.some(({ lastId }) => lastId > view.watermark)
  for await (const chunk of readChunks(view.db, places, { keys, withIds }))
    addChunk(plan, chunk, { runs, added })
}

import type { ChunkPlace } from '../columns/chunk-rows.ts'
import type { Codes } from '../columns/event-chunk.ts'
import { dayMs } from '../columns/event-chunk.ts'
import { AddedColumns } from './added-columns.ts'
import { bitsOf, ChosenEvents, type EventBits, kept32, sameBits } from './event-bits.ts'
import type { EventSink } from './event-sink.ts'
import { HeldKeys } from './held-keys.ts'
import type { ScanPlan, TypePlan } from './scan-plan.ts'
import { type ReadChunk, readChunks } from './sealed-chunks.ts'
import { kept } from './step-bits.ts'

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

interface Prepared {
  chunk: ReadChunk
  type: TypePlan
  bits: EventBits | number
  values: Codes | null
}

/** The places in a chunk of the events inside the range of the question. */
function spanOf({ from, to }: ScanPlan, { place, times }: ReadChunk): { start: number; end: number } {
  const begin = place.day * dayMs
  return {
    start: from <= begin ? 0 : lowerBound(times, from - begin),
    end: to >= begin + dayMs ? times.length : lowerBound(times, to - begin),
  }
}

/** Whether all events of a chunk have the same bits, and none is beyond the watermark. */
function isUniform({ view, query, allowed, withBits }: ScanPlan, { chunk, bits }: Prepared): boolean {
  return (
    typeof bits === 'number' &&
    allowed === null &&
    query.property === undefined &&
    !withBits &&
    chunk.place.lastId <= view.watermark &&
    (bits !== kept32 || chunk.activity === true)
  )
}

/** Finds the source of the events of a chunk that have these bits: one for all where each event keeps its own. */
function chunkSources(plan: ScanPlan, { chunk, type }: Prepared, runs: EventSink): (bits: number) => number {
  const { day, firstId } = chunk.place
  const sources = new Map<number, number>()
  return (bits) => {
    const ofSource = plan.withBits ? 0 : bits
    const known = sources.get(ofSource)
    if (known !== undefined) return known
    const source = runs.source({ type: type.name, start: day * dayMs, firstId, bits: ofSource })
    sources.set(ofSource, source)
    return source
  }
}

interface Takers {
  runs: EventSink
  /** Used again for each chunk. */
  chosen: ChosenEvents
}

/** Adds the events of one chunk. */
function addChunk(plan: ScanPlan, prepared: Prepared, { runs, chosen }: Takers): void {
  const { chunk, bits } = prepared
  const { withActivity = false, anyTieOrder = false } = plan.query
  if (typeof bits === 'number' && (bits & kept) === 0) return
  if (bits === kept32 && !(withActivity && chunk.activity !== false)) return
  const sourceOf = chunkSources(plan, prepared, runs)
  const span = spanOf(plan, chunk)
  if (typeof bits === 'number' && isUniform(plan, prepared)) {
    const { uids, times } = chunk
    const ids = anyTieOrder ? null : chunk.ids
    runs.addAll({ uids, times, ids, ...span, mask: plan.mask }, sourceOf(bits & ~kept))
  } else addEach(plan, prepared, { runs, chosen, sourceOf, ...span })
}

function addEach(
  { query, mask, allowed, view }: ScanPlan,
  { chunk, bits, values }: Prepared,
  of: Takers & { sourceOf: (bits: number) => number; start: number; end: number },
): void {
  const { place, uids, times, ids, activity } = chunk
  const { withActivity = false } = query
  const lastId = place.lastId > view.watermark ? view.watermark - place.firstId : Number.POSITIVE_INFINITY
  const ofEach: EventBits = typeof bits === 'number' ? sameBits(bits) : bits
  const { all, ofActivity, activity: flags, tests } = ofEach
  const places = of.chosen.choose(ofEach, { ...of, withActivity })
  const count = places?.length ?? of.end - of.start
  let [source, ofBits] = [-1, -1]
  for (let turn = 0; turn < count; turn++) {
    const index = places === null ? of.start + turn : (places[turn] ?? 0)
    let own = ofActivity !== 0 && flags[index] === 1 ? all | ofActivity : all
    // What the event says by itself comes first: to look at its person often misses the cache.
    for (const { codes, test } of tests) own &= test.of(codes[index] ?? 0)
    if (own === kept32 && !withActivity) continue
    if ((own & kept) === 0) continue
    const uid = uids[index] ?? 0
    if (mask[uid] !== 1) continue
    own &= ~kept
    if (allowed !== null) own &= allowed[uid] ?? 0
    const active = activity === true || (activity !== false && activity[index] === 1)
    if (own === 0 && !(withActivity && active)) continue
    const id = ids === null ? 0 : (ids[index] ?? 0)
    if (id > lastId) continue
    if (own !== ofBits) {
      ofBits = own
      source = of.sourceOf(own)
    }
    of.runs.add(uid, times[index] ?? 0, source, own, id, values === null ? 0 : (values[index] ?? 0))
  }
}

/** The columns that a question looks at, those that the chunk lacks made from rows. */
async function prepare(plan: ScanPlan, chunk: ReadChunk, added: AddedColumns): Promise<Prepared | null> {
  const type = plan.types.get(chunk.place.type)
  if (!type) return null
  const codes = new Map<string, Codes | null>()
  for (const key of type.keys) {
    const own = chunk.codes.get(key)
    codes.set(key, own === undefined ? await added.of(chunk, key) : own)
  }
  const { property } = plan.query
  const values = property === undefined ? null : (codes.get(property) ?? null)
  return { chunk, type, bits: bitsOf(plan, type, { ...chunk, codes }), values }
}

/** Whether events of a chunk may count, by what properties they can have at all. */
function mayCount(plan: ScanPlan, held: HeldKeys, place: ChunkPlace): boolean {
  const type = plan.types.get(place.type)
  if (!type) return false
  let bits = kept | type.named | plan.ofActivity
  for (const test of type.tests) if (!held.may(place, test.key)) bits &= test.of(0)
  return (bits & kept) !== 0 && (bits !== kept32 || plan.query.withActivity === true)
}

/** Adds the events that columns hold. */
export async function addSealed(plan: ScanPlan, runs: EventSink): Promise<void> {
  const { view, types, query } = plan
  const keys = [...new Set([...types.values()].flatMap((type) => type.keys))]
  const held = await HeldKeys.of(view.db, plan.places, keys)
  const places = keys.length === 0 ? plan.places : plan.places.filter((place) => mayCount(plan, held, place))
  const added = new AddedColumns(plan, held)
  const takers = { runs, chosen: new ChosenEvents() }
  const withIds = !query.anyTieOrder || places.some(({ lastId }) => lastId > view.watermark)
  for await (const chunk of readChunks(view.db, places, { keys, withIds })) {
    view.checkWanted()
    const prepared = await prepare(plan, chunk, added)
    if (prepared) addChunk(plan, prepared, takers)
  }
}

import type { ChunkPlace } from '../columns/chunk-rows.ts'
import type { Codes } from '../columns/event-chunk.ts'
import { dayMs } from '../columns/event-chunk.ts'
import { AddedColumns } from './added-columns.ts'
import type { EventSink } from './event-sink.ts'
import { HeldKeys } from './held-keys.ts'
import type { ScanPlan, TypePlan } from './scan-plan.ts'
import { type ReadChunk, readChunks } from './sealed-chunks.ts'
import { kept } from './step-bits.ts'
import type { CodeTest } from './value-codes.ts'

/** `kept` as the sign of a 32-bit number, which bitwise operators make of it. */
const kept32 = kept | 0

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

type CodesByKey = ReadonlyMap<string, Codes | null>

/** What the bits of each event of a chunk are made of; `activity` has a 1 for each that is activity. */
interface EventBits {
  /** The bits of every event, before its own properties take some away. */
  all: number
  /** The bits of those that are activity besides; 0 where that makes no difference. */
  ofActivity: number
  activity: Uint8Array
  /** What the properties of an event leave of them; there may be none. */
  tests: readonly { codes: Codes; test: CodeTest }[]
}

const noFlags = new Uint8Array(0)

function same(all: number): EventBits {
  return { all, ofActivity: 0, activity: noFlags, tests: [] }
}

/** The bits of each event of a chunk by its type, activity and properties; one number where they are the same for all. */
function bitsOf(
  plan: ScanPlan,
  type: TypePlan,
  { activity, codes }: Pick<ReadChunk, 'activity'> & { codes: CodesByKey },
): EventBits | number {
  // What the events lack is asked of all at once.
  let left = -1
  const tests: EventBits['tests'][number][] = []
  for (const test of type.tests) {
    const own = codes.get(test.key)
    if (own) tests.push({ codes: own, test })
    else left &= test.of(0)
  }
  const all = (kept | type.named | (activity === true ? plan.ofActivity : 0)) & left
  const ofActivity = typeof activity === 'boolean' ? 0 : plan.ofActivity & left
  if (ofActivity === 0 && tests.length === 0) return all
  return { all, ofActivity, activity: typeof activity === 'boolean' ? noFlags : activity, tests }
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

/** Adds the events of one chunk. */
function addChunk(plan: ScanPlan, prepared: Prepared, runs: EventSink): void {
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
  } else addEach(plan, prepared, { runs, sourceOf, ...span })
}

/** 1 for any number but 0, which has 0: without a branch, which would be guessed wrongly for every few events. */
function isSome(bits: number): number {
  return (bits | (0 - bits)) >>> 31
}

/** Where events of a chunk are that may count by the property that was asked first; used again for each chunk. */
let chosen = new Uint32Array(0)

/**
 * Puts the places into `chosen` whose value of the first property leaves them a step, or with `withActivity` leaves them
 * at all; those too whose value was not asked yet. @returns how many they are
 */
function choose(
  { all, tests }: EventBits,
  { withActivity, start, end }: { withActivity: boolean; start: number; end: number },
): number {
  if (chosen.length < end - start) chosen = new Uint32Array((end - start) * 2)
  const [places, [first]] = [chosen, tests]
  if (!first) return 0
  const { codes, test } = first
  const known = test.knownFor(2 ** (8 * Math.min(2, codes.BYTES_PER_ELEMENT)))
  const wanted = withActivity ? -1 : ~kept32
  let count = 0
  for (let index = start; index < end; index++) {
    const left = known[codes[index] ?? 0] ?? 0
    const own = all & left
    places[count] = index
    count += ((own >>> 31) & isSome(own & wanted)) | (isSome(left) ^ 1)
  }
  return count
}

function addEach(
  { query, mask, allowed, view }: ScanPlan,
  { chunk, bits, values }: Prepared,
  of: { runs: EventSink; sourceOf: (bits: number) => number; start: number; end: number },
): void {
  const { place, uids, times, ids, activity } = chunk
  const { withActivity = false } = query
  const lastId = place.lastId > view.watermark ? view.watermark - place.firstId : Number.POSITIVE_INFINITY
  const { all, ofActivity, activity: flags, tests }: EventBits = typeof bits === 'number' ? same(bits) : bits
  const isChosen = tests.length > 0 && ofActivity === 0
  const count = isChosen
    ? choose({ all, ofActivity, activity: flags, tests }, { ...of, withActivity })
    : of.end - of.start
  let [source, ofBits] = [-1, -1]
  for (let turn = 0; turn < count; turn++) {
    const index = isChosen ? (chosen[turn] ?? 0) : of.start + turn
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
  const withIds = !query.anyTieOrder || places.some(({ lastId }) => lastId > view.watermark)
  for await (const chunk of readChunks(view.db, places, { keys, withIds })) {
    view.checkWanted()
    const prepared = await prepare(plan, chunk, added)
    if (prepared) addChunk(plan, prepared, runs)
  }
}

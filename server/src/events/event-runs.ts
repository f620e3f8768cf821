import type { PersonEvents, Visit } from './person-events.ts'
import { PersonOrder } from './person-order.ts'

/** What events of one place have in common. */
export interface EventSource {
  /** The name of their type. */
  type: string
  /** The UTC day's beginning in ms, from which times count. */
  start: number
  /** What ids count from. */
  firstId: number
}

/** Words of one event: uid, time, source, bits, and the id and the code of the value where they are asked for. */
const blockEvents = 1024
const slabBlocks = 128
/** Events that are put in order at once: their arrays should fit into the processor's cache. */
const bucketEvents = 16_384
const mostBuckets = 1024

interface Shape {
  /** The highest uid. */
  people: number
  /** How many events to expect at most. */
  events: number
  withValues: boolean
  withIds: boolean
}

/**
 * Events gathered in any order, which `visit` then tells person by person. They are dealt out by the high bits of their
 * uid first, and counted out by the low bits one bucket after the other: both passes write to few places at a time, where
 * one sort of all events would miss the cache at each of them.
 */
export class EventRuns {
  readonly #shift: number
  readonly #stride: number
  readonly #withIds: boolean
  readonly #withValues: boolean
  readonly #sources: EventSource[] = []
  /** By bucket: full blocks, the one being filled, and up to where. */
  readonly #full: Uint32Array[][]
  readonly #open: Uint32Array[]
  readonly #fill: Uint32Array
  /** Blocks are cut from larger pieces: memory is cheaper to get by the megabyte. */
  #slab = new Uint32Array(0)
  #slabAt = 0

  constructor({ people, events, withIds, withValues }: Shape) {
    const wanted = Math.min(mostBuckets, Math.max(1, events / bucketEvents))
    this.#shift = Math.max(0, Math.ceil(Math.log2((people + 1) / wanted)))
    this.#withIds = withIds
    this.#withValues = withValues
    this.#stride = 4 + Number(withIds) + Number(withValues)
    const buckets = (people >>> this.#shift) + 1
    const none = new Uint32Array(0)
    this.#full = Array.from({ length: buckets }, () => [])
    this.#open = Array.from({ length: buckets }, () => none)
    this.#fill = new Uint32Array(buckets)
  }

  /** Makes a source known. @returns its number */
  source(source: EventSource): number {
    return this.#sources.push(source) - 1
  }

  /** `time` and `id` count from those of the source; `value` is a code. */
  add(uid: number, time: number, source: number, bits: number, id: number, value: number): void {
    const bucket = uid >>> this.#shift
    let at = this.#fill[bucket] ?? 0
    let block = this.#open[bucket]
    if (block === undefined || at === block.length) {
      block = this.#nextBlock(bucket)
      at = 0
    }
    block[at] = uid
    block[at + 1] = time
    block[at + 2] = source
    block[at + 3] = bits
    let next = at + 4
    if (this.#withIds) block[next++] = id
    if (this.#withValues) block[next++] = value
    this.#fill[bucket] = next
  }

  #nextBlock(bucket: number): Uint32Array {
    const before = this.#open[bucket]
    if (before !== undefined && before.length > 0) this.#full[bucket]?.push(before)
    const words = blockEvents * this.#stride
    if (this.#slabAt === this.#slab.length) {
      this.#slab = new Uint32Array(words * Math.min(slabBlocks, this.#open.length))
      this.#slabAt = 0
    }
    const block = this.#slab.subarray(this.#slabAt, this.#slabAt + words)
    this.#slabAt += words
    this.#open[bucket] = block
    return block
  }

  /** Calls `visit` for each person; see `PersonEvents`. */
  visit(visit: Visit, valueFor: (code: number) => unknown): void {
    const order = new PersonOrder(this.#sources, { withIds: this.#withIds, withValues: this.#withValues })
    const person = personOf(order, this.#sources, valueFor)
    const width = 2 ** this.#shift
    for (let bucket = 0; bucket < this.#full.length; bucket++) {
      const blocks = this.#blocks(bucket)
      if (blocks.length === 0) continue
      order.fill(blocks, { first: bucket * width, width, stride: this.#stride })
      person.marks = order.bits
      person.at = order.at
      order.forEachRun((uid, start, end) => {
        person.uid = uid
        person.start = start
        person.end = end
        visit(person)
      })
      this.#full[bucket] = []
      this.#open[bucket] = new Uint32Array(0)
    }
  }

  #blocks(bucket: number): Uint32Array[] {
    const open = this.#open[bucket]
    const full = this.#full[bucket] ?? []
    return open && open.length > 0 ? [...full, open.subarray(0, this.#fill[bucket])] : full
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function personOf(
  order: PersonOrder,
  sources: readonly EventSource[],
  valueFor: (code: number) => unknown,
): Mutable<PersonEvents> {
  return {
    uid: 0,
    start: 0,
    end: 0,
    at: order.at,
    marks: order.bits,
    type: (index) => sources[order.source[index] ?? 0]?.type ?? '',
    value: (index) => valueFor(order.value[index] ?? 0),
  }
}

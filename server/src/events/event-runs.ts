import { release } from '../memory.ts'
import type { ChunkEvents, EventSink, EventSource } from './event-sink.ts'
import type { PersonEvents, Visit } from './person-events.ts'
import { type Layout, PersonOrder, sourceBits } from './person-order.ts'

/** Neighbours in uid who share a bucket, as a power of 2: the more, the fewer bits are left for the source. */
const widestBucket = 12
/** Events that are put in order at once: their arrays should fit into the processor's cache. */
const bucketEvents = 24_576
const blockEvents = 1024
const slabBlocks = 128

/** How many events are to come, of how many people, and what is kept of each. */
export interface RunsShape extends Layout {
  /** The highest uid. */
  people: number
  /** At most so many events. */
  events: number
  /** 1 for each uid who is told of. */
  mask: Uint8Array
}

/** Whether most people are counted, so that few events are gathered in vain when their people are looked at last. */
function isDense(mask: Uint8Array): boolean {
  let counted = 0
  for (let uid = 0; uid < mask.length; uid++) counted += mask[uid] ?? 0
  return counted > 0.7 * mask.length
}

/**
 * Events gathered in any order, which `visit` then tells person by person. They are dealt out by the high bits of their
 * uid first, and counted out by the low bits one bucket after the other: both passes write to few places at a time, where
 * one sort of all events would miss the cache at each of them.
 */
export class EventRuns implements EventSink {
  readonly #shift: number
  readonly #layout: Layout
  readonly #stride: number
  readonly #sources: EventSource[] = []
  /** By bucket: full blocks, the one being filled, and up to where. */
  readonly #full: Uint32Array[][]
  readonly #open: Uint32Array[]
  readonly #fill: Uint32Array
  readonly #mask: Uint8Array
  /** Who is counted is looked up once a person, not once an event: that would often miss the cache. */
  readonly #looksLast: boolean
  /** Blocks are cut from larger pieces: memory is cheaper to get by the megabyte. */
  readonly #slabs: Uint32Array[] = []
  #slab = new Uint32Array(0)
  #slabAt = 0

  constructor({ people, events, mask, ...layout }: RunsShape) {
    this.#mask = mask
    this.#looksLast = isDense(mask)
    const wanted = Math.max(1, events / bucketEvents)
    this.#shift = Math.max(0, Math.min(widestBucket, Math.ceil(Math.log2((people + 1) / wanted))))
    this.#layout = layout
    this.#stride = 2 + Number(layout.withBits) + Number(layout.withIds) + Number(layout.withValues)
    const buckets = (people >>> this.#shift) + 1
    const none = new Uint32Array(0)
    this.#full = Array.from({ length: buckets }, () => [])
    this.#open = Array.from({ length: buckets }, () => none)
    this.#fill = new Uint32Array(buckets)
  }

  source(source: EventSource): number {
    if (this.#sources.length === 2 ** sourceBits(this.#shift)) throw new Error('too many days and types')
    return this.#sources.push(source) - 1
  }

  add(uid: number, time: number, source: number, bits: number, id: number, value: number): void {
    const bucket = uid >>> this.#shift
    let at = this.#fill[bucket] ?? 0
    let block = this.#open[bucket]
    if (block === undefined || at === block.length) {
      block = this.#nextBlock(bucket)
      at = 0
    }
    block[at++] = ((uid & (2 ** this.#shift - 1)) << sourceBits(this.#shift)) | source
    block[at++] = time
    if (this.#layout.withBits) block[at++] = bits
    if (this.#layout.withIds) block[at++] = id
    if (this.#layout.withValues) block[at++] = value
    this.#fill[bucket] = at
  }

  addAll({ uids, times, ids, start, end, mask }: ChunkEvents, source: number): void {
    const [shift, open, fill, looksLast] = [this.#shift, this.#open, this.#fill, this.#looksLast]
    const [low, left] = [2 ** shift - 1, sourceBits(shift)]
    for (let index = start; index < end; index++) {
      const uid = uids[index] ?? 0
      if (!looksLast && mask[uid] !== 1) continue
      const bucket = uid >>> shift
      let at = fill[bucket] ?? 0
      let block = open[bucket]
      if (block === undefined || at === block.length) {
        block = this.#nextBlock(bucket)
        at = 0
      }
      block[at] = ((uid & low) << left) | source
      block[at + 1] = times[index] ?? 0
      at += 2
      if (ids !== null) block[at++] = ids[index] ?? 0
      fill[bucket] = at
    }
  }

  #nextBlock(bucket: number): Uint32Array {
    const before = this.#open[bucket]
    if (before !== undefined && before.length > 0) this.#full[bucket]?.push(before)
    const words = blockEvents * this.#stride
    if (this.#slabAt === this.#slab.length) {
      this.#slab = new Uint32Array(words * Math.min(slabBlocks, this.#open.length))
      this.#slabAt = 0
      this.#slabs.push(this.#slab)
    }
    const block = this.#slab.subarray(this.#slabAt, this.#slabAt + words)
    this.#slabAt += words
    this.#open[bucket] = block
    return block
  }

  /** Calls `visit` for each person; see `PersonEvents`. */
  visit(visit: Visit, valueOfCode: (code: number) => unknown): void {
    const order = new PersonOrder(this.#sources, { ...this.#layout, shift: this.#shift })
    const person = personOf(order, this.#sources, valueOfCode)
    for (let bucket = 0; bucket < this.#full.length; bucket++) {
      const blocks = this.#blocks(bucket)
      if (blocks.length === 0) continue
      order.fill(blocks, bucket, this.#stride)
      person.marks = order.bits
      person.at = order.at
      order.forEachRun(this.#mask, (uid, start, end) => {
        person.uid = uid
        person.start = start
        person.end = end
        visit(person)
      })
      this.#full[bucket] = []
      this.#open[bucket] = new Uint32Array(0)
    }
    release(...this.#slabs)
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
  valueOfCode: (code: number) => unknown,
): Mutable<PersonEvents> {
  return {
    uid: 0,
    start: 0,
    end: 0,
    at: order.at,
    marks: order.bits,
    type: (index) => sources[order.source[index] ?? 0]?.type ?? '',
    value: (index) => valueOfCode(order.value[index] ?? 0),
  }
}

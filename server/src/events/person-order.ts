import type { EventSource } from './event-sink.ts'

/** What is kept of each event beside its person, time and source. */
export interface Layout {
  withBits: boolean
  withIds: boolean
  withValues: boolean
}

/** The first word of an event holds the low bits of its uid, and in those that are left the number of its source. */
export function sourceBits(shift: number): number {
  // A shift of 32 places is one of none: a bucket of one person leaves all bits but the highest.
  return Math.min(31, 32 - shift)
}

/** Steps back that putting one event in its place may take on average, before a run is sorted by halves. */
const patience = 16

/** Moves one entry back to `to`, those between one place on. Over such short ways a loop is faster than `copyWithin`. */
function moveNumber(array: Float64Array, from: number, to: number): void {
  const moved = array[from] ?? 0
  for (let index = from; index > to; index--) array[index] = array[index - 1] ?? 0
  array[to] = moved
}

/** The same for another kind of array: a function that sees one kind alone is compiled for it. */
function moveWord(array: Uint32Array, from: number, to: number): void {
  const moved = array[from] ?? 0
  for (let index = from; index > to; index--) array[index] = array[index - 1] ?? 0
  array[to] = moved
}

/** Events of neighbouring people, put in the order of uid, time and id. The arrays are used again for the next bucket. */
export class PersonOrder {
  at = new Float64Array(0)
  bits = new Uint32Array(0)
  source = new Uint32Array(0)
  id = new Uint32Array(0)
  value = new Uint32Array(0)
  readonly #sources: readonly EventSource[]
  readonly #layout: Layout
  readonly #shift: number
  readonly #dayStarts: Float64Array
  readonly #sourceBits: Uint32Array
  /** By person: where their events begin. */
  readonly #starts: Uint32Array
  #first = 0

  constructor(sources: readonly EventSource[], { shift, ...layout }: Layout & { shift: number }) {
    this.#sources = sources
    this.#layout = layout
    this.#shift = shift
    this.#dayStarts = Float64Array.from(sources, ({ start }) => start)
    this.#sourceBits = Uint32Array.from(sources, ({ bits }) => bits)
    this.#starts = new Uint32Array(2 ** shift + 2)
  }

  #makeRoom(events: number): void {
    if (events <= this.at.length) return
    const size = Math.ceil(events * 1.25)
    const { withIds, withValues } = this.#layout
    this.at = new Float64Array(size)
    this.bits = new Uint32Array(size)
    this.source = new Uint32Array(size)
    if (withIds) this.id = new Uint32Array(size)
    if (withValues) this.value = new Uint32Array(size)
  }

  /** Takes the events of one bucket, and counts them out by person. */
  fill(blocks: readonly Uint32Array[], bucket: number, stride: number): void {
    this.#first = bucket * 2 ** this.#shift
    const starts = this.#starts.fill(0)
    const left = sourceBits(this.#shift)
    // Counted two places ahead, so that placing them leaves each person's start one place ahead.
    for (const block of blocks)
      for (let word = 0; word < block.length; word += stride) {
        const place = ((block[word] ?? 0) >>> left) + 2
        starts[place] = (starts[place] ?? 0) + 1
      }
    let sum = 0
    for (let place = 2; place < starts.length; place++) {
      sum += starts[place] ?? 0
      starts[place] = sum
    }
    this.#makeRoom(sum)
    for (const block of blocks) this.#place(block, stride)
  }

  #place(block: Uint32Array, stride: number): void {
    const { at, bits, source, id, value } = this
    const [starts, dayStarts, bitsOfSource] = [this.#starts, this.#dayStarts, this.#sourceBits]
    const { withBits, withIds, withValues } = this.#layout
    const left = sourceBits(this.#shift)
    const low = 2 ** left - 1
    for (let word = 0; word < block.length; word += stride) {
      const key = block[word] ?? 0
      const place = (key >>> left) + 1
      const index = starts[place] ?? 0
      starts[place] = index + 1
      const from = key & low
      at[index] = (dayStarts[from] ?? 0) + (block[word + 1] ?? 0)
      source[index] = from
      let next = word + 2
      bits[index] = (withBits ? block[next++] : bitsOfSource[from]) ?? 0
      if (withIds) id[index] = block[next++] ?? 0
      if (withValues) value[index] = block[next] ?? 0
    }
  }

  /** Tells each person of the mask with events, and where these are, in the order of time and id. */
  forEachRun(mask: Uint8Array, tell: (uid: number, start: number, end: number) => void): void {
    const starts = this.#starts
    const width = 2 ** this.#shift
    let start = 0
    for (let place = 0; place < width; place++) {
      const end = starts[place + 1] ?? 0
      if (end === start) continue
      const uid = this.#first + place
      if (mask[uid] === 1) {
        if (end - start > 1) this.#sort(start, end)
        tell(uid, start, end)
      }
      start = end
    }
  }

  #idOf(index: number): number {
    return (this.#sources[this.source[index] ?? 0]?.firstId ?? 0) + (this.id[index] ?? 0)
  }

  /** Whether the event at `a` has a higher id than the one at `b`, of the same instant. */
  #isLater(a: number, b: number): boolean {
    return this.#layout.withIds && this.#idOf(a) > this.#idOf(b)
  }

  /** Runs are sorted but for types that are mixed within a day, so that few events move, and not far. */
  #sort(start: number, end: number): void {
    const { at } = this
    let steps = patience * (end - start)
    for (let index = start + 1; index < end; index++) {
      const time = at[index] ?? 0
      let to = index
      while (to > start) {
        const before = at[to - 1] ?? 0
        if (before < time || (before === time && !this.#isLater(to - 1, index))) break
        to -= 1
      }
      if (to === index) continue
      steps -= index - to
      if (steps < 0) {
        this.#sortAll(start, end)
        return
      }
      this.#moveBack(index, to)
    }
  }

  #moveBack(from: number, to: number): void {
    moveNumber(this.at, from, to)
    moveWord(this.bits, from, to)
    moveWord(this.source, from, to)
    if (this.#layout.withIds) moveWord(this.id, from, to)
    if (this.#layout.withValues) moveWord(this.value, from, to)
  }

  /** For runs of very many events a day. */
  #sortAll(start: number, end: number): void {
    const order = Array.from({ length: end - start }, (_, index) => start + index)
    const { at } = this
    const id = (index: number) => (this.#layout.withIds ? this.#idOf(index) : 0)
    order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || id(a) - id(b))
    for (const array of [this.at, this.bits, this.source, this.id, this.value])
      if (array.length > 0) {
        const sorted = order.map((index) => array[index] ?? 0)
        array.set(sorted, start)
      }
  }
}

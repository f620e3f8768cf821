import type { EventSource } from './event-runs.ts'

/** Steps back that putting one event in its place may take on average, before a run is sorted by halves. */
const patience = 16

interface Layout {
  withIds: boolean
  withValues: boolean
}

/** Moves one entry back to `to`, those between one place on. Over such short ways a loop is faster than `copyWithin`. */
function moveBack(array: Float64Array | Uint32Array, from: number, to: number): void {
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
  #starts = new Uint32Array(0)
  #first = 0
  #width = 0

  constructor(sources: readonly EventSource[], layout: Layout) {
    this.#sources = sources
    this.#layout = layout
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

  /** Takes the events of `width` people from `first` on, and counts them out. */
  fill(
    blocks: readonly Uint32Array[],
    { first, width, stride }: { first: number; width: number; stride: number },
  ): void {
    this.#first = first
    this.#width = width
    if (this.#starts.length !== width + 2) this.#starts = new Uint32Array(width + 2)
    const starts = this.#starts.fill(0)
    // Counted two places ahead, so that placing them leaves each person's start one place ahead.
    for (const block of blocks)
      for (let word = 0; word < block.length; word += stride) {
        const place = (block[word] ?? 0) - first + 2
        starts[place] = (starts[place] ?? 0) + 1
      }
    for (let place = 2; place < starts.length; place++)
      starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0)
    this.#makeRoom(starts[width + 1] ?? 0)
    for (const block of blocks) this.#place(block, stride)
  }

  #place(block: Uint32Array, stride: number): void {
    const { at, bits, source, id, value } = this
    const [starts, first] = [this.#starts, this.#first]
    const dayStarts = this.#dayStarts()
    const { withIds, withValues } = this.#layout
    for (let word = 0; word < block.length; word += stride) {
      const place = (block[word] ?? 0) - first + 1
      const index = starts[place] ?? 0
      starts[place] = index + 1
      const from = block[word + 2] ?? 0
      at[index] = (dayStarts[from] ?? 0) + (block[word + 1] ?? 0)
      source[index] = from
      bits[index] = block[word + 3] ?? 0
      if (withIds) id[index] = block[word + 4] ?? 0
      if (withValues) value[index] = block[word + (withIds ? 5 : 4)] ?? 0
    }
  }

  #days = new Float64Array(0)

  #dayStarts(): Float64Array {
    if (this.#days.length !== this.#sources.length)
      this.#days = Float64Array.from(this.#sources, ({ start }) => start)
    return this.#days
  }

  /** Tells each person with events, and where these are, in the order of time and id. */
  forEachRun(tell: (uid: number, start: number, end: number) => void): void {
    const starts = this.#starts
    let start = 0
    for (let place = 0; place < this.#width; place++) {
      const end = starts[place + 1] ?? 0
      if (end === start) continue
      if (end - start > 1) this.#sort(start, end)
      tell(this.#first + place, start, end)
      start = end
    }
  }

  /** Whether the event at `a` comes after the one at `b`. */
  #isAfter(a: number, b: number): boolean {
    const [atA, atB] = [this.at[a] ?? 0, this.at[b] ?? 0]
    if (atA !== atB) return atA > atB
    return this.#layout.withIds && this.#idOf(a) > this.#idOf(b)
  }

  #idOf(index: number): number {
    return (this.#sources[this.source[index] ?? 0]?.firstId ?? 0) + (this.id[index] ?? 0)
  }

  /** Runs are sorted but for types that are mixed within a day, so that few events move, and not far. */
  #sort(start: number, end: number): void {
    let steps = patience * (end - start)
    for (let index = start + 1; index < end; index++) {
      if (!this.#isAfter(index - 1, index)) continue
      let to = index - 1
      while (to > start && this.#isAfter(to - 1, index)) to -= 1
      steps -= index - to
      if (steps < 0) {
        this.#sortAll(start, end)
        return
      }
      moveBack(this.at, index, to)
      moveBack(this.bits, index, to)
      moveBack(this.source, index, to)
      if (this.#layout.withIds) moveBack(this.id, index, to)
      if (this.#layout.withValues) moveBack(this.value, index, to)
    }
  }

  /** For runs of very many events a day. */
  #sortAll(start: number, end: number): void {
    const order = Array.from({ length: end - start }, (_, index) => start + index)
    order.sort((a, b) => (this.#isAfter(a, b) ? 1 : this.#isAfter(b, a) ? -1 : 0))
    for (const array of [this.at, this.bits, this.source, this.id, this.value])
      if (array.length > 0) {
        const sorted = order.map((index) => array[index] ?? 0)
        array.set(sorted, start)
      }
  }
}

import { type Codes, type EventChunk, narrowed } from './event-chunk.ts'
import { FreeKeys } from './free-keys.ts'
import { missing, type SliceValues, tooLong } from './slice-values.ts'

interface Cell {
  day: number
  type: number
  /** The properties that have columns. */
  keys: readonly string[]
  values: SliceValues
}

/** An event as its cell takes it. */
export interface CellEvent {
  id: number
  uid: number
  at: number
  activity: boolean | number
  props: string | null
}

/** Events of one chunk, and ids of it, at most. */
const longestChunk = 65_536
const idSpan = 2 ** 32

/** Stands for a value that has no code. */
const noCode = 2 ** 32 - 1

/** Gathers the events of one UTC day and type, in the order of their ids. */
export class CellBuilder {
  readonly #cell: Cell
  readonly #ids: number[] = []
  readonly #uids: number[] = []
  readonly #times: number[] = []
  readonly #activity: number[] = []
  readonly #codes: number[][]
  readonly #freeKeys: FreeKeys

  constructor(cell: Cell) {
    this.#cell = cell
    this.#codes = cell.keys.map(() => [])
    this.#freeKeys = new FreeKeys(cell.keys)
  }

  /** `dayStart` is the instant (ms) at which the cell's day begins. */
  add({ id, uid, at, activity, props }: CellEvent, dayStart: number): void {
    this.#ids.push(id)
    this.#uids.push(uid)
    this.#times.push(at - dayStart)
    this.#activity.push(Number(activity))
    if (this.#codes.length > 0) this.#addCodes(props)
    else if (props !== null) this.#freeKeys.addText(props)
  }

  #addCodes(props: string | null): void {
    const { keys, values } = this.#cell
    // @NOTE The column holds objects alone; `track` writes it.
    const known = props === null ? {} : (JSON.parse(props) as Record<string, unknown>)
    this.#freeKeys.add(known)
    for (let column = 0; column < keys.length; column++) {
      const key = keys[column] ?? ''
      const code = Object.hasOwn(known, key) ? values.codeOf(known[key]) : missing
      this.#codes[column]?.push(code)
    }
  }

  /** The chunks; `codes` are those in `property_values` by the codes of the slice. */
  *chunks(codes: readonly (number | undefined)[]): Generator<EventChunk> {
    let start = 0
    while (start < this.#ids.length) {
      let end = Math.min(start + longestChunk, this.#ids.length)
      const first = this.#ids[start] ?? 0
      while ((this.#ids[end - 1] ?? 0) - first >= idSpan) end -= 1
      yield this.#chunk(start, end, codes)
      start = end
    }
  }

  #chunk(start: number, end: number, codes: readonly (number | undefined)[]): EventChunk {
    const { day, type, keys } = this.#cell
    const firstId = this.#ids[start] ?? 0
    const order = inTime(this.#times, start, end)
    const ids = picked(this.#ids, order)
    for (let index = 0; index < ids.length; index++) ids[index] = (ids[index] ?? 0) - firstId
    const activity = Uint8Array.from(picked(this.#activity, order))
    const columns = keys.map((key, column): [string, Codes | null] | null => {
      const own = picked(this.#codes[column] ?? [], order)
      return withCodes(own, codes) ? [key, narrowed(Uint32Array.from(own))] : null
    })
    const codesByKey = new Map(columns.filter((column) => column !== null))
    return {
      day,
      type,
      length: end - start,
      firstId,
      lastId: this.#ids[end - 1] ?? 0,
      uids: Uint32Array.from(picked(this.#uids, order)),
      times: Uint32Array.from(picked(this.#times, order)),
      ids: Uint32Array.from(ids),
      activity: oneOrEach(activity),
      codes: codesByKey,
      freeKeys: this.#freeKeys.list(keys.filter((key) => !codesByKey.has(key))),
    }
  }
}

/** Puts the stored codes in place of those of the slice; false where a value has none. */
function withCodes(own: Float64Array, codes: readonly (number | undefined)[]): boolean {
  for (let index = 0; index < own.length; index++) {
    const code = own[index] ?? missing
    if (code === tooLong) return false
    const stored = code === missing ? 0 : (codes[code] ?? noCode)
    if (stored === noCode) return false
    own[index] = stored
  }
  return true
}

/** One answer where all are the same. */
export function oneOrEach(activity: Uint8Array): boolean | Uint8Array {
  if (!activity.includes(0)) return true
  return activity.includes(1) ? activity : false
}

function picked(values: readonly number[], order: Uint32Array): Float64Array {
  const all = new Float64Array(order.length)
  for (let index = 0; index < order.length; index++) all[index] = values[order[index] ?? 0] ?? 0
  return all
}

/** The places of times from `start` up to `end` in ascending order; those of one time stay in their order. */
function inTime(times: readonly number[], start: number, end: number): Uint32Array {
  // Time and place fit into one number of 53 bits, which sorts without a comparator.
  const keys = new Float64Array(end - start)
  let isSorted = true
  for (let index = 0; index < keys.length; index++) {
    keys[index] = (times[start + index] ?? 0) * longestChunk + index
    isSorted &&= index === 0 || (keys[index - 1] ?? 0) < (keys[index] ?? 0)
  }
  if (!isSorted) keys.sort()
  const order = new Uint32Array(keys.length)
  for (let index = 0; index < keys.length; index++) order[index] = start + ((keys[index] ?? 0) % longestChunk)
  return order
}

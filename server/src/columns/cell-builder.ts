import { type Codes, type EventChunk, narrowed } from './event-chunk.ts'
import { missing, type SliceValues, tooLong } from './slice-values.ts'

interface Cell {
  day: number
  type: number
  /** The properties that have columns. */
  keys: readonly string[]
  values: SliceValues
}

/** Events of one chunk, and ids of it, at most. */
const longestChunk = 65_536
const idSpan = 2 ** 32

/** Gathers the events of one UTC day and type, in the order of their ids. */
export class CellBuilder {
  readonly #cell: Cell
  readonly #ids: number[] = []
  readonly #uids: number[] = []
  readonly #times: number[] = []
  readonly #activity: boolean[] = []
  readonly #codes: number[][]

  constructor(cell: Cell) {
    this.#cell = cell
    this.#codes = cell.keys.map(() => [])
  }

  /** `time` in ms of the day. */
  add(...[id, uid, time, activity, props]: [number, number, number, boolean, string | null]): void {
    this.#ids.push(id)
    this.#uids.push(uid)
    this.#times.push(time)
    this.#activity.push(activity)
    const { keys, values } = this.#cell
    if (keys.length === 0) return
    // @NOTE The column holds objects alone; `track` writes it.
    const known = props === null ? {} : (JSON.parse(props) as Record<string, unknown>)
    for (const [index, key] of keys.entries())
      this.#codes[index]?.push(Object.hasOwn(known, key) ? values.codeOf(known[key]) : missing)
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
    const order = inTime(this.#times.slice(start, end))
    const picked = (of: (index: number) => number) => order.map((index) => of(start + index))
    return {
      day,
      type,
      length: end - start,
      firstId,
      lastId: this.#ids[end - 1] ?? 0,
      uids: picked((index) => this.#uids[index] ?? 0),
      times: picked((index) => this.#times[index] ?? 0),
      ids: picked((index) => (this.#ids[index] ?? 0) - firstId),
      activity: oneOrEach(Uint8Array.from(picked((index) => Number(this.#activity[index])))),
      codes: new Map(
        keys.flatMap((key, column): [string, Codes | null][] => {
          const own = picked((index) => this.#codes[column]?.[index] ?? missing)
          const stored = own.map((code) => (code === missing ? 0 : (codes[code] ?? tooLarge)))
          return stored.includes(tooLarge) || own.includes(tooLong) ? [] : [[key, narrowed(stored)]]
        }),
      ),
    }
  }
}

/** Stands for a value that has no code. */
const tooLarge = 2 ** 32 - 1

/** One answer where all are the same. */
export function oneOrEach(activity: Uint8Array): boolean | Uint8Array {
  if (!activity.includes(0)) return true
  return activity.includes(1) ? activity : false
}

/** The places of times in ascending order; those of one time stay in their order. */
function inTime(times: readonly number[]): Uint32Array {
  // Time and place fit into one number of 53 bits, which sorts without a comparator.
  const keys = Float64Array.from(times, (time, index) => time * longestChunk + index)
  return Uint32Array.from(keys.sort(), (key) => key % longestChunk)
}

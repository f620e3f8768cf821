import type { RetentionShape } from './retention.ts'

/** Told once of every cell that a person is counted in. */
export type CellVisit = (row: number, k: number, uid: number) => void

const none = 0
const leftOut = -1
const firstSize = 1024

function grown(array: Int32Array, size: number) {
  const larger = new Int32Array(Math.max(size, array.length * 2))
  larger.set(array)
  return larger
}

/**
 * The same rules as `forEachCell`, for many people at once and without an object for each: told of who started in which
 * period and then of who returned in which, as it comes from the events or from the days of many people in turn. A period
 * is its place counted from the first row's: below 0 before the rows.
 *
 * 1. All starts first. For `first_time` those of one person in order of time, from all history on: the first one decides,
 *    and where it lies outside the rows the person is in no cohort. For `recurring` each period within the rows makes the
 *    person one of its cohort; those of one person in order of time too.
 * 2. Then all returns, those of one person in order of time.
 * 3. Then `finish`.
 */
export class RetentionCohorts {
  readonly #shape: RetentionShape
  readonly #belongs: (uid: number) => boolean
  readonly #emit: CellVisit
  /** By person: the number of their latest entry into a cohort, `none`, or `leftOut` for good. */
  #latest = new Int32Array(firstSize)
  /** By person: the place after that of their latest return; 0 without one. */
  #returned = new Int32Array(firstSize)
  /** By number of an entry: its row, and the same person's entry before it. Entry 0 stands for none. */
  #rows = new Int32Array(firstSize)
  #before = new Int32Array(firstSize)
  #entries = 0

  /** `belongs` says who is counted; it is asked when a person first starts. */
  constructor(shape: RetentionShape, belongs: (uid: number) => boolean, emit: CellVisit) {
    this.#shape = shape
    this.#belongs = belongs
    this.#emit = emit
  }

  readonly started = (uid: number, place: number): void => {
    if (uid >= this.#latest.length) this.#growPeople(uid + 1)
    // @NOTE The arrays reach as far as `uid` and as the entries.
    const latest = this.#latest[uid] as number
    const firstTime = this.#shape.start === 'first_time'
    if (latest === leftOut || (latest !== none && (firstTime || this.#rows[latest] === place))) return
    const inside = place >= 0 && place < this.#shape.cohorts
    if (inside && this.#belongs(uid)) this.#enter(uid, place)
    else if (inside || firstTime) this.#latest[uid] = leftOut
  }

  readonly returned = (uid: number, place: number): void => {
    const latest = this.#latest[uid]
    if (latest === undefined || latest <= none || this.#returned[uid] === place + 1) return
    this.#returned[uid] = place + 1
    if (this.#shape.mode === 'on_or_after') return
    for (let entry = latest; entry !== none; entry = this.#before[entry] as number) {
      const row = this.#rows[entry] as number
      if (place - row >= this.#shape.periods) return
      if (place > row) this.#emit(row, place - row, uid)
    }
  }

  /** Counts what needs to know a person's last return. */
  finish(): void {
    if (this.#shape.mode === 'on') return
    for (let uid = 0; uid < this.#latest.length; uid++) {
      const last = (this.#returned[uid] as number) - 1
      for (let entry = this.#latest[uid] as number; entry > none; entry = this.#before[entry] as number) {
        const row = this.#rows[entry] as number
        const columns = Math.min(this.#shape.periods - 1, last - row)
        for (let k = 1; k <= columns; k++) this.#emit(row, k, uid)
      }
    }
  }

  #enter(uid: number, row: number): void {
    this.#entries += 1
    if (this.#entries === this.#rows.length) this.#growEntries()
    this.#rows[this.#entries] = row
    this.#before[this.#entries] = this.#latest[uid] as number
    this.#latest[uid] = this.#entries
    this.#emit(row, 0, uid)
  }

  #growPeople(size: number): void {
    this.#latest = grown(this.#latest, size)
    this.#returned = grown(this.#returned, size)
  }

  #growEntries(): void {
    this.#rows = grown(this.#rows, 0)
    this.#before = grown(this.#before, 0)
  }
}

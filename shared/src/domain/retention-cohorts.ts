import { PlaceSets } from './place-sets.ts'
import type { RetentionShape } from './retention.ts'

/** Told once of every cell that a person is counted in. */
export type CellVisit = (row: number, k: number, uid: number) => void

const none = -1

/**
 * The same rules as `forEachCell`, for many people at once and without an object for each: told of who started in which
 * period, then of who returned in which, as it comes from events and days, in any order and as often as it happened. A
 * period is its place counted from the first row's: below 0 before the rows.
 *
 * 1. `started`, for everything from all history on where the start is `first_time`: a person's first place decides, and
 *    where it lies outside the rows they are in no cohort. For `recurring` each place within the rows makes them one of
 *    its cohort.
 * 2. `enter`, then `returned` for every return.
 * 3. `finish`.
 */
export class RetentionCohorts {
  readonly #shape: RetentionShape
  readonly #people: number
  readonly #belongs: (uid: number) => boolean
  readonly #emit: CellVisit
  /** `first_time`: by uid the first place, `cohorts` where there was none; after `enter` the number of the member. */
  readonly #firsts: Int32Array
  /** `first_time`: after `enter` by uid the row that a person is of, or `none`. */
  readonly #rowOf: Int16Array
  /** `recurring`: the rows that a person is in. */
  readonly #rows: PlaceSets
  /** `on`: the places in which a person returned; of `first_time` by the number of the member, as most people are none. */
  #returns: PlaceSets
  /** `on_or_after`: by uid the last place of a return. */
  readonly #lasts: Int32Array

  /** `people` is one more than the highest uid; `belongs` says who is counted. */
  constructor(
    shape: RetentionShape,
    { people, belongs }: { people: number; belongs: (uid: number) => boolean },
    emit: CellVisit,
  ) {
    const { start, mode, cohorts, periods } = shape
    const [recurring, later] = [start === 'recurring', mode === 'on_or_after']
    this.#shape = shape
    this.#people = people
    this.#belongs = belongs
    this.#emit = emit
    this.#firsts = new Int32Array(recurring ? 0 : people).fill(cohorts)
    this.#rowOf = new Int16Array(recurring ? 0 : people).fill(none)
    this.#rows = new PlaceSets(recurring ? people : 0, cohorts)
    this.#returns = new PlaceSets(recurring && !later ? people : 0, cohorts + periods)
    this.#lasts = new Int32Array(later ? people : 0).fill(none)
  }

  readonly started = (uid: number, place: number): void => {
    const { start, cohorts } = this.#shape
    if (start === 'first_time') {
      // @NOTE The arrays hold every uid.
      if (place < (this.#firsts[uid] as number)) this.#firsts[uid] = place
    } else if (place >= 0 && place < cohorts && this.#belongs(uid)) this.#rows.add(uid, place)
  }

  /** Ends the starts: in period 0 every member of a cohort is counted. */
  enter(): void {
    if (this.#shape.start === 'first_time') this.#enterFirsts()
    else
      for (let uid = 0; uid < this.#people; uid++)
        for (let row = this.#nextRow(uid, 0); row !== none; row = this.#nextRow(uid, row + 1))
          this.#emit(row, 0, uid)
  }

  #enterFirsts(): void {
    const { mode, cohorts, periods } = this.#shape
    const [firsts, rowOf, emit] = [this.#firsts, this.#rowOf, this.#emit]
    let members = 0
    for (let uid = 0; uid < firsts.length; uid++) {
      const row = firsts[uid] as number
      firsts[uid] = none
      if (row < 0 || row >= cohorts || !this.#belongs(uid)) continue
      firsts[uid] = members
      rowOf[uid] = row
      members += 1
      emit(row, 0, uid)
    }
    if (mode === 'on') this.#returns = new PlaceSets(members, cohorts + periods)
  }

  readonly returned = (uid: number, place: number): void => {
    const { start, mode, cohorts, periods } = this.#shape
    if (mode === 'on_or_after') {
      if (place > (this.#lasts[uid] as number)) this.#lasts[uid] = place
      return
    }
    if (place < 1 || place >= cohorts + periods) return
    if (start === 'first_time') {
      const row = this.#rowOf[uid] as number
      const k = place - row
      if (row === none || k <= 0 || k >= periods) return
      if (this.#returns.add(this.#firsts[uid] as number, place)) this.#emit(row, k, uid)
      return
    }
    const earliest = Math.max(0, place - periods + 1)
    let row = this.#nextRow(uid, earliest)
    if (row === none || row >= place || !this.#returns.add(uid, place)) return
    for (; row !== none && row < place; row = this.#nextRow(uid, row + 1)) this.#emit(row, place - row, uid)
  }

  /** As `returned`, for many people who returned in one period; `once` where nobody is told of it twice. */
  returnedAll(uids: Uint32Array, place: number, once: boolean): void {
    const { start, mode, cohorts, periods } = this.#shape
    if (!once || start === 'recurring' || mode === 'on_or_after') {
      for (let index = 0; index < uids.length; index++) this.returned(uids[index] as number, place)
      return
    }
    if (place < 1 || place >= cohorts + periods) return
    const [rowOf, emit] = [this.#rowOf, this.#emit]
    for (let index = 0; index < uids.length; index++) {
      // @NOTE The array holds every uid.
      const uid = uids[index] as number
      const row = rowOf[uid] as number
      const k = place - row
      if (row !== none && k > 0 && k < periods) emit(row, k, uid)
    }
  }

  /** Counts what a person's last return decides: every period up to it. */
  finish(): void {
    const { periods } = this.#shape
    for (let uid = 0; uid < this.#lasts.length; uid++) {
      const last = this.#lasts[uid] as number
      if (last === none) continue
      for (let row = this.#nextRow(uid, 0); row !== none; row = this.#nextRow(uid, row + 1))
        for (let k = 1; k < periods && row + k <= last; k++) this.#emit(row, k, uid)
    }
  }

  /** The first row from `from` on of which a person is one; `none` after the last. */
  #nextRow(uid: number, from: number): number {
    const { start, cohorts } = this.#shape
    if (start === 'first_time') {
      const row = this.#rowOf[uid] as number
      return row >= from ? row : none
    }
    const row = this.#rows.next(uid, from)
    return row < cohorts ? row : none
  }
}

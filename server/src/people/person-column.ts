import { release } from '../memory.ts'

/** A test of one value; undefined is a missing one. */
export type ValueTest = (value: unknown) => boolean

/** One attribute of everybody, by uid. */
export interface PersonColumn {
  /** Takes a value as the database gave it; null where there is none. */
  set(uid: number, value: unknown): void
  of(uid: number): unknown
  /** 1 for each uid below `people` whose value passes. */
  passing(people: number, test: ValueTest): Uint8Array
}

/** Some more than are there: people come every minute. */
function roomFor(people: number): number {
  return Math.max(1024, Math.ceil(people * 1.1))
}

/** An attribute with few distinct values, as codes: a test is asked once for each value. */
export class CodeColumn implements PersonColumn {
  #codes: Uint8Array | Uint16Array | Uint32Array
  readonly #values: unknown[] = [undefined]
  readonly #known = new Map<unknown, number>()

  /** With room for some people; it grows where there are more. */
  constructor(people = 0) {
    this.#codes = new Uint8Array(roomFor(people))
  }

  set(uid: number, value: unknown): void {
    const code = value === null || value === undefined ? 0 : this.#codeOf(value)
    if (uid >= this.#codes.length) this.#grow(roomFor(2 * uid))
    this.#codes[uid] = code
  }

  /** How many different values there were. */
  get distinct(): number {
    return this.#known.size
  }

  #codeOf(value: unknown): number {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const code = this.#values.push(value) - 1
    this.#known.set(value, code)
    if (code === 2 ** 8 || code === 2 ** 16) this.#grow(this.#codes.length)
    return code
  }

  #grow(size: number): void {
    const codes = this.#values.length
    const wider = codes <= 2 ** 8 ? Uint8Array : codes <= 2 ** 16 ? Uint16Array : Uint32Array
    const grown = new wider(size)
    grown.set(this.#codes)
    release(this.#codes)
    this.#codes = grown
  }

  of(uid: number): unknown {
    return this.#values[this.#codes[uid] ?? 0]
  }

  passing(people: number, test: ValueTest): Uint8Array {
    const table = Uint8Array.from(this.#values, (value) => Number(test(value)))
    const codes = this.#codes
    const passing = new Uint8Array(people).fill(table[0] ?? 0)
    const end = Math.min(people, codes.length)
    for (let uid = 0; uid < end; uid++) passing[uid] = table[codes[uid] ?? 0] ?? 0
    return passing
  }
}

/** A number of each person; NaN stands for a missing one. */
export class NumberColumn implements PersonColumn {
  #numbers: Float64Array

  /** With room for some people; it grows where there are more. */
  constructor(people = 0) {
    this.#numbers = new Float64Array(roomFor(people)).fill(Number.NaN)
  }

  set(uid: number, value: unknown): void {
    if (uid >= this.#numbers.length) {
      const grown = new Float64Array(roomFor(2 * uid)).fill(Number.NaN)
      grown.set(this.#numbers)
      release(this.#numbers)
      this.#numbers = grown
    }
    this.#numbers[uid] = value === null || value === undefined ? Number.NaN : Number(value)
  }

  /** NaN where it is missing. */
  numberOf(uid: number): number {
    return this.#numbers[uid] ?? Number.NaN
  }

  of(uid: number): unknown {
    const number = this.numberOf(uid)
    return Number.isNaN(number) ? undefined : number
  }

  passing(people: number, test: ValueTest): Uint8Array {
    return passingNumbers(people, (uid) => this.numberOf(uid), test)
  }
}

/** Outcomes that are remembered: beyond, to look one up takes as long as to test anew. */
const mostKnown = 1000

/** As `PersonColumn.passing`, for numbers; each is tested once, as people have few distinct ones. */
export function passingNumbers(
  people: number,
  numberOf: (uid: number) => number,
  test: ValueTest,
): Uint8Array {
  const known = new Map<number, number>()
  const passing = new Uint8Array(people)
  const missing = Number(test(undefined))
  let [last, passes] = [Number.NaN, missing]
  for (let uid = 0; uid < people; uid++) {
    const number = numberOf(uid)
    if (number !== last && !(Number.isNaN(number) && Number.isNaN(last))) {
      last = number
      const found = Number.isNaN(number) ? missing : known.get(number)
      passes = found ?? Number(test(number))
      if (found === undefined && known.size < mostKnown) known.set(number, passes)
    }
    passing[uid] = passes
  }
  return passing
}

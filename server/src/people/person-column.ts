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

/** Looks up four codes of a byte at a time, which halves the reading and writing. @returns how many were looked up */
function passByFour(codes: Uint8Array, outcomes: Uint8Array, passing: Uint8Array, end: number): number {
  const table = new Uint32Array(256)
  table.set(outcomes)
  const whole = end >>> 2
  const [four, passed] = [new Uint32Array(codes.buffer, 0, whole), new Uint32Array(passing.buffer, 0, whole)]
  for (let index = 0; index < whole; index++) {
    const word = four[index] ?? 0
    passed[index] =
      (table[word & 255] ?? 0) |
      ((table[(word >>> 8) & 255] ?? 0) << 8) |
      ((table[(word >>> 16) & 255] ?? 0) << 16) |
      ((table[word >>> 24] ?? 0) << 24)
  }
  return whole * 4
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
    const done = codes instanceof Uint8Array ? passByFour(codes, table, passing, end) : 0
    for (let uid = done; uid < end; uid++) passing[uid] = table[codes[uid] ?? 0] ?? 0
    return passing
  }
}

/** People of neighbouring uid, as a power of 2, of whom the least and the greatest number are known. */
const blockBits = 12

/** A number of each person; NaN stands for a missing one. */
export class NumberColumn implements PersonColumn {
  #numbers: Float64Array
  /** By block no number is less, and none greater: people come in the order of time, so most blocks hold a few days. */
  readonly #least: number[] = []
  readonly #greatest: number[] = []

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
    const number = value === null || value === undefined ? Number.NaN : Number(value)
    this.#numbers[uid] = number
    const block = uid >>> blockBits
    if (number < (this.#least[block] ?? Number.POSITIVE_INFINITY)) this.#least[block] = number
    if (number > (this.#greatest[block] ?? Number.NEGATIVE_INFINITY)) this.#greatest[block] = number
  }

  /** Calls `visit` for everybody below `people` whose number lies in `[from, to)`. */
  forEachWithin(
    { from, to, people }: { from: number; to: number; people: number },
    visit: (uid: number, number: number) => void,
  ): void {
    const numbers = this.#numbers
    for (let block = 0; block <= (people - 1) >>> blockBits; block++) {
      const [least, greatest] = [this.#least[block], this.#greatest[block]]
      if (least === undefined || greatest === undefined || !(least < to && greatest >= from)) continue
      const end = Math.min(people, (block + 1) << blockBits)
      for (let uid = block << blockBits; uid < end; uid++) {
        const number = numbers[uid] ?? Number.NaN
        if (number >= from && number < to) visit(uid, number)
      }
    }
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

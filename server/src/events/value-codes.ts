import type { PropertyValues } from '../columns/property-values.ts'
import type { PropertyTest } from './step-bits.ts'

/** Codes of values within one question: those of columns, and after them codes for values that only rows have. */
export class ValueCodes {
  readonly #stored: PropertyValues
  readonly #first: number
  readonly #more: unknown[] = []
  readonly #codes = new Map<unknown, number>()

  constructor(stored: PropertyValues) {
    this.#stored = stored
    this.#first = stored.size
  }

  /** The code of a value from a row: 0 for a missing one. One value may have a second code in columns. */
  codeOf(value: unknown): number {
    if (value === undefined || value === null) return 0
    // A text and a nested value of the same JSON text compare alike, but are not the same value.
    const key = typeof value === 'object' ? `\0${JSON.stringify(value)}` : value
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    const code = this.#first + this.#more.push(value) - 1
    this.#codes.set(key, code)
    return code
  }

  of(code: number): unknown {
    return code < this.#first ? this.#stored.of(code) : this.#more[code - this.#first]
  }
}

/** A test of a property with its outcome remembered by code. */
export class CodeTest {
  readonly key: string
  readonly concerns: number
  readonly #test: PropertyTest
  readonly #values: ValueCodes
  #known = new Int32Array(1024)

  constructor(test: PropertyTest, values: ValueCodes) {
    this.key = test.key
    this.concerns = test.concerns
    this.#test = test
    this.#values = values
  }

  /**
   * By code what `of` answered so far, with room for the codes below a limit; 0 where it was not asked: a test leaves the
   * bits of steps that do not exist, so never none at all.
   */
  knownFor(limit: number): Int32Array {
    if (limit > this.#known.length) {
      const grown = new Int32Array(2 ** Math.ceil(Math.log2(limit)))
      grown.set(this.#known)
      this.#known = grown
    }
    return this.#known
  }

  #learn(code: number): number {
    const bits = this.#test.bitsOf(this.#values.of(code))
    this.knownFor(code + 1)[code] = bits
    return bits
  }

  /** The bits that the value of a code leaves. */
  of(code: number): number {
    return this.#known[code] || this.#learn(code)
  }
}

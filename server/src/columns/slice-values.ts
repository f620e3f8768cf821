/** Longer texts are no values of a few; PostgreSQL could not index the longest. A chunk with one has no such column. */
const longestText = 200

/** What a code of a slice can stand for beside a value. */
export const missing = 0
export const tooLong = 1

/**
 * The values that a slice meets, with codes of its own until `property_values` gives them theirs: 0 missing, 1 one that
 * is too long for a column, then the values.
 */
export class SliceValues {
  readonly texts: string[] = []
  readonly #codes = new Map<unknown, number>()

  codeOf(value: unknown): number {
    if (value === undefined || value === null) return missing
    const key = typeof value === 'object' ? JSON.stringify(value) : value
    // A text and a nested value of the same JSON text are told apart by their kind.
    const known = typeof value === 'object' ? this.#nested.get(key) : this.#codes.get(key)
    return known ?? this.#learn(value, key)
  }

  readonly #nested = new Map<unknown, number>()

  #learn(value: unknown, key: unknown): number {
    const text = JSON.stringify(value)
    let code = tooLong
    if (text.length <= longestText) code = this.texts.push(text) + tooLong
    const codes = typeof value === 'object' ? this.#nested : this.#codes
    codes.set(key, code)
    return code
  }
}

/** Numbers for the values that rows of an answer stand for, given as the values are met; the first row is the total. */
export class Rows {
  readonly #places = new Map<string, number>()

  /** The number of a value's row, from 1. */
  of(value: string): number {
    const known = this.#places.get(value)
    if (known !== undefined) return known
    const place = this.#places.size + 1
    this.#places.set(value, place)
    return place
  }

  /** Every value met, with the number of its row. */
  entries(): IterableIterator<[string, number]> {
    return this.#places.entries()
  }

  /** The number of the row that a list is asked of: that of the total without a value, one that no row has for a stranger. */
  asked(value: string | undefined): number {
    return value === undefined ? totalRow : (this.#places.get(value) ?? -1)
  }
}

export const totalRow = 0

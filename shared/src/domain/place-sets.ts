/** A set of places for each person, one bit a place. */
export class PlaceSets {
  readonly #places: number
  readonly #stride: number
  readonly #words: Uint32Array

  /** Room for the uids below `people` and the places below `places`. */
  constructor(people: number, places: number) {
    this.#places = places
    this.#stride = (places + 31) >>> 5
    this.#words = new Uint32Array(people * this.#stride)
  }

  /** Adds a place. @returns whether it was not there before */
  add(uid: number, place: number): boolean {
    const index = uid * this.#stride + (place >>> 5)
    const bit = 1 << (place & 31)
    const word = this.#words[index] ?? 0
    if ((word & bit) !== 0) return false
    this.#words[index] = word | bit
    return true
  }

  /** The first place of a person from `from` on; the number of places where there is none. */
  next(uid: number, from: number): number {
    const first = uid * this.#stride
    // Of the first word, only what is not before `from`.
    let left = (this.#words[first + (from >>> 5)] ?? 0) & (-1 << (from & 31))
    for (let word = from >>> 5; word < this.#stride; word++) {
      if (left !== 0) return word * 32 + 31 - Math.clz32(left & -left)
      left = this.#words[first + word + 1] ?? 0
    }
    return this.#places
  }
}

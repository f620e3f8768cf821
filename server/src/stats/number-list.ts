/** A growing list of numbers, without an object for each and without copying them for every few. */
export class NumberList {
  #numbers = new Float64Array(64)
  #length = 0

  add(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(this.#length * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.#length] = number
    this.#length += 1
  }

  /** The numbers so far; to be read before the next one is added. */
  get values(): Float64Array {
    return this.#numbers.subarray(0, this.#length)
  }
}

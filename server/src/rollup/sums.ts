/** Counts by small numbers from 0: faster than a map, for as long as one day is counted. */
export class Sums {
  #counts = new Int32Array(64)

  add(place: number): void {
    if (place >= this.#counts.length) {
      const larger = new Int32Array(Math.max(place + 1, this.#counts.length * 2))
      larger.set(this.#counts)
      this.#counts = larger
    }
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
  }

  /** The places that were counted, with their counts. */
  *[Symbol.iterator](): Generator<[place: number, count: number]> {
    for (let place = 0; place < this.#counts.length; place++) {
      const count = this.#counts[place] ?? 0
      if (count > 0) yield [place, count]
    }
  }
}

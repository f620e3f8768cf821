import { release } from '../memory.ts'

/** Who was active at each of some places in time, one bit a person: events of one place touch few kilobytes. */
export class ActivePeople {
  readonly #places: (Uint32Array | undefined)[]
  readonly #words: number

  /** Room for the uids below `people` at each of `places` places. */
  constructor(people: number, places: number) {
    this.#places = Array.from({ length: places })
    this.#words = (people + 31) >>> 5
  }

  add(uid: number, place: number): void {
    let words = this.#places[place]
    if (words === undefined) {
      words = new Uint32Array(this.#words)
      this.#places[place] = words
    }
    words[uid >>> 5] = (words[uid >>> 5] ?? 0) | (1 << (uid & 31))
  }

  /** Gives the memory of a place back, which is empty then. */
  clear(place: number): void {
    release(this.#places[place])
    this.#places[place] = undefined
  }

  /** The people of a place in ascending order, without those of the same place in `but`. */
  of(place: number, but?: ActivePeople): Uint32Array {
    const words = this.#places[place]
    if (words === undefined) return new Uint32Array(0)
    const left = but ? but.#places[place] : undefined
    const uids: number[] = []
    for (let index = 0; index < words.length; index++) {
      let word = (words[index] ?? 0) & ~(left?.[index] ?? 0)
      for (; word !== 0; word &= word - 1) uids.push(index * 32 + 31 - Math.clz32(word & -word))
    }
    return Uint32Array.from(uids)
  }
}

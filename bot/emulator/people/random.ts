/*
 * Chance that can be repeated: every draw follows from a seed text. A part of the simulation forks a stream of its own
 * by a label, so that one more draw in one part changes nothing in the others.
 */

/** FNV-1a over UTF-16 units, finished as in MurmurHash3 so that near labels give far seeds. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export class Random {
  readonly #seed: string
  #state: number

  constructor(seed: string) {
    this.#seed = seed
    this.#state = hash(seed)
  }

  /** A stream of its own, the same for the same label whatever was drawn here before. */
  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  /** Uniform from 0 (inclusive) to 1 (exclusive); mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number from `low` to `high`, both inclusive. */
  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.next())
  }

  /** Throws on an empty list. */
  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(list.length * this.next())]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  /** One of the items, in proportion to their weights. */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    let left = this.next() * items.reduce((sum, item) => sum + weightOf(item), 0)
    for (const item of items) {
      left -= weightOf(item)
      if (left < 0) return item
    }
    return this.pick(items)
  }

  /** Normal with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** Positive, skewed to the right: half of the draws lie below `median`. */
  lognormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal())
  }
}

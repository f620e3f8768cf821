import type { Figure } from '@botdeck/shared/domain/running-figure'

/** As `RunningFigure`, for events that come in any order: remembers in one bit a person who was counted. */
export class DistinctFigure implements Figure {
  events = 0
  users = 0
  sum = 0
  #seen = new Uint8Array(0)

  add(uid: number, amount = 1): void {
    this.events += 1
    this.sum += amount
    const place = uid >>> 3
    const bit = 1 << (uid & 7)
    if (place >= this.#seen.length) this.#grow(place)
    const seen = this.#seen[place] ?? 0
    if ((seen & bit) !== 0) return
    this.#seen[place] = seen | bit
    this.users += 1
  }

  merge({ events, sum }: Pick<Figure, 'events' | 'sum'>): void {
    this.events += events
    this.sum += sum
  }

  #grow(place: number): void {
    const grown = new Uint8Array(Math.max(1024, 2 ** Math.ceil(Math.log2(place + 1))))
    grown.set(this.#seen)
    this.#seen = grown
  }
}

/** Bytes that a figure of so many people takes. */
export function distinctBytes(people: number): number {
  return people / 8
}

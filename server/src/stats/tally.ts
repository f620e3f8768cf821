/**
 * What an evaluation of people reports to: once for every figure that a person is counted in. So a number and the list
 * of its people come from one evaluation, which does not know for which of the two it runs.
 */
export interface Tally {
  /** `index` tells the points, rows or cells of one figure apart; `amount` is how much a figure of events gains. */
  add(figure: string, index: number, uid: number, amount?: number): void
}

/** Counts each figure. */
export class Counts implements Tally {
  readonly #figures = new Map<string, number[]>()

  add(figure: string, index: number, _uid: number, amount = 1): void {
    let counts = this.#figures.get(figure)
    if (!counts) {
      counts = []
      this.#figures.set(figure, counts)
    }
    counts[index] = (counts[index] ?? 0) + amount
  }

  of(figure: string, index: number): number {
    return this.#figures.get(figure)?.[index] ?? 0
  }

  /** The figures that anything was reported of at a place, in the order of their first report. */
  figuresAt(index: number): string[] {
    return [...this.#figures.keys()].filter((figure) => this.of(figure, index) !== 0)
  }
}

/** Collects the people of the figure that was asked for, each once. */
export class Members implements Tally {
  readonly uids = new Set<number>()
  readonly #wanted: (figure: string, index: number) => boolean

  constructor(wanted: (figure: string, index: number) => boolean) {
    this.#wanted = wanted
  }

  add(figure: string, index: number, uid: number): void {
    if (this.#wanted(figure, index)) this.uids.add(uid)
  }
}

/** A tally that hears of each person once a figure and place, however often they are reported. */
export function distinctPeople(tally: Tally): Tally {
  const told = new Map<string, Set<number>>()
  return {
    add(figure, index, uid) {
      const key = `${figure} ${index}`
      const people = told.get(key) ?? new Set()
      told.set(key, people)
      if (people.has(uid)) return
      people.add(uid)
      tally.add(figure, index, uid)
    },
  }
}

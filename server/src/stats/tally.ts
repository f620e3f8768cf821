/**
 * What an evaluation of people reports to: once for every figure that a person is counted in. So a number and the list
 * of its people come from one evaluation, which does not know for which of the two it runs.
 */
export interface Tally {
  /** `index` tells the points, rows or cells of one figure apart; `amount` is how much a figure of events gains. */
  add(figure: string, index: number, uid: number, amount?: number): void
}

/** A tally that also takes many neighbouring places of a figure at once. */
export interface RangeTally extends Tally {
  /** Reports a person once at each index from `first` to before `end`. */
  addRange(figure: string, stretch: { first: number; end: number }, uid: number): void
}

/** Counts each figure. */
export class Counts implements RangeTally {
  readonly #figures = new Map<string, number[]>()
  /** Where stretches begin and end; their running sums are counts that are not among the figures yet. */
  readonly #changes = new Map<string, number[]>()
  /** Reports come in runs about one figure, so the last one is tried first. */
  #recent: { figure: string; counts: number[] } | null = null
  #changing: { figure: string; counts: number[] } | null = null

  add(figure: string, index: number, _uid: number, amount = 1): void {
    if (this.#recent?.figure !== figure) this.#recent = { figure, counts: countsIn(this.#figures, figure) }
    const { counts } = this.#recent
    counts[index] = (counts[index] ?? 0) + amount
  }

  addRange(figure: string, { first, end }: { first: number; end: number }): void {
    if (this.#changing?.figure !== figure)
      this.#changing = { figure, counts: countsIn(this.#changes, figure) }
    const { counts } = this.#changing
    counts[first] = (counts[first] ?? 0) + 1
    counts[end] = (counts[end] ?? 0) - 1
  }

  #settle(figure: string, changes: readonly number[]): void {
    this.#changes.delete(figure)
    this.#changing = null
    let running = 0
    for (let index = 0; index < changes.length; index++) {
      running += changes[index] ?? 0
      if (running !== 0) this.add(figure, index, 0, running)
    }
  }

  of(figure: string, index: number): number {
    const changes = this.#changes.get(figure)
    if (changes) this.#settle(figure, changes)
    return this.#figures.get(figure)?.[index] ?? 0
  }

  /** The figures that anything was reported of at a place, in the order of their first report. */
  figuresAt(index: number): string[] {
    for (const [figure, changes] of this.#changes) this.#settle(figure, changes)
    return [...this.#figures.keys()].filter((figure) => this.of(figure, index) !== 0)
  }
}

function countsIn(figures: Map<string, number[]>, figure: string): number[] {
  const known = figures.get(figure)
  if (known) return known
  const counts: number[] = []
  figures.set(figure, counts)
  return counts
}

/** Collects the people of the figure that was asked for, each once. */
export class Members implements RangeTally {
  readonly uids = new Set<number>()
  readonly #wanted: (figure: string, index: number) => boolean

  constructor(wanted: (figure: string, index: number) => boolean) {
    this.#wanted = wanted
  }

  add(figure: string, index: number, uid: number): void {
    if (this.#wanted(figure, index)) this.uids.add(uid)
  }

  addRange(figure: string, { first, end }: { first: number; end: number }, uid: number): void {
    for (let index = first; index < end; index++) this.add(figure, index, uid)
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

/**
 * What an evaluation of people reports to: once for every figure that a person is counted in. So a number and the list
 * of its people come from one evaluation, which does not know for which of the two it runs.
 */
export interface Tally {
  /** `index` tells the points, rows or cells of one figure apart; `amount` is how much a figure of events gains. */
  add(figure: string, index: number, uid: number, amount?: number): void
}

/** Takes many neighbouring places of one figure at once. */
export interface Stretches {
  /** Reports a person once at each index from `first` to before `end`. */
  add(first: number, end: number, uid: number): void
}

/** A tally of figures that are reported by stretches as well; a figure is reported in one of the two ways. */
export interface RangeTally extends Tally {
  /** Reports a person once at each index from `first` to before `end`. */
  addRange(figure: string, stretch: { first: number; end: number }, uid: number): void
  /** The same for one figure, for those who report many. */
  stretches(figure: string): Stretches
  /** Reports many people once each at one place. */
  addAll(figure: string, index: number, uids: Uint32Array): void
}

/** Counts stretches by where they begin and end: a count is the running sum. */
class StretchCounts implements Stretches {
  #changes = new Int32Array(128)

  add(first: number, end: number): void {
    if (end >= this.#changes.length) this.#grow(end)
    // @NOTE Both lie inside.
    this.#changes[first] = (this.#changes[first] as number) + 1
    this.#changes[end] = (this.#changes[end] as number) - 1
  }

  #grow(end: number): void {
    const grown = new Int32Array(end * 2)
    grown.set(this.#changes)
    this.#changes = grown
  }

  /** The counts by index. */
  get counts(): number[] {
    let running = 0
    return Array.from(this.#changes, (change) => {
      running += change
      return running
    })
  }
}

/** Counts each figure. */
export class Counts implements RangeTally {
  readonly #figures = new Map<string, number[]>()
  readonly #stretches = new Map<string, StretchCounts>()
  /** Reports come in runs about one figure, so the last one is tried first. */
  #recent: { figure: string; counts: number[] } | null = null

  add(figure: string, index: number, _uid: number, amount = 1): void {
    if (this.#recent?.figure !== figure) this.#recent = { figure, counts: countsIn(this.#figures, figure) }
    const { counts } = this.#recent
    counts[index] = (counts[index] ?? 0) + amount
  }

  addRange(figure: string, { first, end }: { first: number; end: number }): void {
    this.stretches(figure).add(first, end)
  }

  addAll(figure: string, index: number, uids: Uint32Array): void {
    this.add(figure, index, 0, uids.length)
  }

  stretches(figure: string): StretchCounts {
    const known = this.#stretches.get(figure)
    if (known) return known
    const stretches = new StretchCounts()
    this.#stretches.set(figure, stretches)
    return stretches
  }

  #settle(): void {
    for (const [figure, { counts }] of this.#stretches) this.#figures.set(figure, counts)
    this.#stretches.clear()
  }

  of(figure: string, index: number): number {
    if (this.#stretches.size > 0) this.#settle()
    return this.#figures.get(figure)?.[index] ?? 0
  }

  /** The figures that anything was reported of at a place, in the order of their first report. */
  figuresAt(index: number): string[] {
    this.#settle()
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

  addAll(figure: string, index: number, uids: Uint32Array): void {
    for (const uid of uids) this.add(figure, index, uid)
  }

  stretches(figure: string): Stretches {
    return { add: (first, end, uid) => this.addRange(figure, { first, end }, uid) }
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

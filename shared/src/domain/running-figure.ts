/** What is counted of one period, value or place while events come in. */
export interface Figure {
  readonly events: number
  /** Distinct people. */
  readonly users: number
  readonly sum: number
  add(uid: number, amount?: number): void
  /** Adds the events and the sum of another figure; not its people, who may be in both. */
  merge(other: Pick<Figure, 'events' | 'sum'>): void
}

/** A figure of events that come in person by person: a person is counted with the first of theirs. */
export class RunningFigure implements Figure {
  events = 0
  users = 0
  sum = 0
  #last = Number.NaN

  add(uid: number, amount = 1): void {
    this.events += 1
    this.sum += amount
    if (this.#last === uid) return
    this.users += 1
    this.#last = uid
  }
  merge({ events, sum }: Pick<Figure, 'events' | 'sum'>): void {
    this.events += events
    this.sum += sum
  }
}

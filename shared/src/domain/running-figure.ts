/** What is counted of one period, value or place while events come in. Events of one person must come one after another. */
export class RunningFigure {
  events = 0
  /** Distinct people. */
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
}

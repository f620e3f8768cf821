import type { Step } from '@botdeck/shared/domain/conditions'
import { mean, median, rate } from '@botdeck/shared/domain/numbers'
import { forEachPlace, type Match } from './funnel-matches.ts'
import { NumberList } from './number-list.ts'

/** The figures of a funnel, or of one row of its breakdown: people by step, and how long they took. */
export class FunnelFigures {
  readonly #steps: readonly Step[]
  /** How many people got how far, by the number of steps reached: those who may still get further, and the others. */
  readonly #open: number[]
  readonly #ended: number[]
  /** By step: the seconds from the step before, of everybody who reached it. */
  readonly #seconds: NumberList[]
  readonly #whole = new NumberList()

  constructor(steps: readonly Step[]) {
    this.#steps = steps
    this.#open = new Array<number>(steps.length + 1).fill(0)
    this.#ended = new Array<number>(steps.length + 1).fill(0)
    this.#seconds = steps.map(() => new NumberList())
  }

  add({ reached, open, times }: Match): void {
    const people = open ? this.#open : this.#ended
    people[reached] = (people[reached] ?? 0) + 1
    // @NOTE As many times as steps were reached.
    for (let step = 1; step < reached; step++)
      this.#seconds[step]?.add(((times[step] as number) - (times[step - 1] as number)) / 1000)
    if (reached === this.#steps.length)
      this.#whole.add(((times[reached - 1] as number) - (times[0] as number)) / 1000)
  }

  /** Whether nobody is in it. */
  get isEmpty(): boolean {
    return [...this.#open, ...this.#ended].every((people) => people === 0)
  }

  /** People by figure and step, each counted where `forEachPlace` says. */
  #people(): Record<'reached' | 'lost' | 'open', number[]> {
    const zeros = () => this.#steps.map(() => 0)
    const people = { reached: zeros(), lost: zeros(), open: zeros() }
    for (const [open, counts] of [
      [true, this.#open],
      [false, this.#ended],
    ] as const)
      for (const [reached, count] of counts.entries())
        forEachPlace({ reached, open }, this.#steps.length, (figure, step) => {
          people[figure][step] = (people[figure][step] ?? 0) + count
        })
    return people
  }

  /** The steps of the answer, and the way from the first of them to the last. */
  answer() {
    const { reached, lost, open } = this.#people()
    const [entrants = 0] = reached
    const steps = this.#steps.map(({ event }, step) => {
      const users = reached[step] ?? 0
      return {
        event,
        users,
        rateFromStart: rate(users, entrants),
        rateFromPrevious: rate(users, reached[Math.max(0, step - 1)] ?? 0),
        lost: lost[step] ?? 0,
        open: open[step] ?? 0,
        ...durations(this.#seconds[step]),
      }
    })
    const users = reached.at(-1) ?? 0
    const mayStill = open.reduce((sum, people) => sum + people, 0)
    const conversion = { users, rate: rate(users, entrants), ...durations(this.#whole), open: mayStill }
    return { steps, conversion }
  }
}

function durations(taken = new NumberList()) {
  return { medianSeconds: median(taken.values), averageSeconds: mean(taken.values) }
}

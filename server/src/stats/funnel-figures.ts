import type { Step } from '@botdeck/shared/domain/conditions'
import { mean, median, rate } from '@botdeck/shared/domain/numbers'
import { forEachPlace, type Match } from './funnel-matches.ts'

const seconds = (from = 0, to = 0) => (to - from) / 1000

/** The figures of a funnel, or of one row of its breakdown: people by step, and how long they took. */
export class FunnelFigures {
  readonly #steps: readonly Step[]
  readonly #people: Record<'reached' | 'lost' | 'open', number[]>
  /** By step: the seconds from the step before, of everybody who reached it. */
  readonly #seconds: number[][]
  readonly #whole: number[] = []

  constructor(steps: readonly Step[]) {
    this.#steps = steps
    const zeros = () => steps.map(() => 0)
    this.#people = { reached: zeros(), lost: zeros(), open: zeros() }
    this.#seconds = steps.map(() => [])
  }

  add(match: Match): void {
    const { times, reached } = match
    forEachPlace(match, this.#steps.length, (figure, step) => {
      const people = this.#people[figure]
      people[step] = (people[step] ?? 0) + 1
    })
    for (let step = 1; step < reached; step++)
      this.#seconds[step]?.push(seconds(times[step - 1], times[step]))
    if (reached === this.#steps.length) this.#whole.push(seconds(times[0], times[reached - 1]))
  }

  /** People at the first step. */
  get entrants(): number {
    return this.#people.reached[0] ?? 0
  }

  /** The steps of the answer. */
  get steps() {
    const { reached, lost, open } = this.#people
    return this.#steps.map(({ event }, step) => {
      const users = reached[step] ?? 0
      return {
        event,
        users,
        rateFromStart: rate(users, this.entrants),
        rateFromPrevious: rate(users, reached[Math.max(0, step - 1)] ?? 0),
        lost: lost[step] ?? 0,
        open: open[step] ?? 0,
        ...durations(this.#seconds[step] ?? []),
      }
    })
  }

  /** From the first step to the last. */
  get conversion() {
    const users = this.#people.reached.at(-1) ?? 0
    const open = this.#people.open.reduce((sum, people) => sum + people, 0)
    return { users, rate: rate(users, this.entrants), ...durations(this.#whole), open }
  }
}

function durations(taken: readonly number[]) {
  return { medianSeconds: median(taken), averageSeconds: mean(taken) }
}

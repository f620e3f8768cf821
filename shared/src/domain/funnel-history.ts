import {
  activityMark,
  allSteps,
  type FunnelRules,
  hasStep,
  type MarkedEvents,
  type StepSet,
} from './funnel-rules.ts'

/**
 * The events of one instant (ms), whose order does not matter, each as the steps that it matches, in order of arrival;
 * `indices` says which events of the person they are.
 */
export type Instant = { at: number; events: readonly StepSet[]; indices: readonly number[] }

/** What makes an event one that the order of the funnel looks at: a step, or in `strict` any activity as well. */
function lineOf(rules: FunnelRules): number {
  return rules.order === 'strict' ? allSteps(rules) | activityMark(rules) : allSteps(rules)
}

/**
 * Groups the events of the line by instant. Of events of one instant that match the same steps, the first ones are kept,
 * as many as there are steps: no attempt uses more, and one that goes on from an earlier instant leaves at least one over.
 */
function instantsOf({ start, end, at, marks }: MarkedEvents, rules: FunnelRules): Instant[] {
  const [line, steps] = [lineOf(rules), allSteps(rules)]
  const instants: { at: number; events: StepSet[]; indices: number[] }[] = []
  let counts = new Map<StepSet, number>()
  for (let index = start; index < end; index++) {
    const [time = 0, mark = 0] = [at[index], marks[index]]
    if ((mark & line) === 0) continue
    let instant = instants.at(-1)
    if (instant?.at !== time) {
      instant = { at: time, events: [], indices: [] }
      instants.push(instant)
      counts = new Map()
    }
    const event = mark & steps
    const count = counts.get(event) ?? 0
    counts.set(event, count + 1)
    if (count >= rules.stepCount) continue
    instant.events.push(event)
    instant.indices.push(index)
  }
  return instants
}

/** The events of one person that the order of a funnel looks at, by instant. */
export class FunnelHistory {
  readonly instants: readonly Instant[]
  readonly stepCount: number
  /** For each step, by the index of an instant: the index of the first from there on that has an event for it. */
  readonly #next: readonly Int32Array[]

  constructor(person: MarkedEvents, rules: FunnelRules) {
    this.instants = instantsOf(person, rules)
    this.stepCount = rules.stepCount
    const none = this.instants.length
    this.#next = Array.from({ length: rules.stepCount }, (_, step) => {
      const next = new Int32Array(none + 1).fill(none)
      for (let i = none - 1, soonest = none; i >= 0; i--) {
        if (this.instants[i]?.events.some((steps) => hasStep(steps, step))) soonest = i
        next[i] = soonest
      }
      return next
    })
  }

  /** Index of the first instant from `index` on that has an event for the step; past the last where there is none. */
  next(step: number, index: number): number {
    return this.#next[step]?.[index] ?? this.instants.length
  }
}

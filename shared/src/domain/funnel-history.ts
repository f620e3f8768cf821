/** A set of steps: bit i stands for step i. */
export type StepSet = number

/** An event as a funnel sees it: its time (ms) and the steps that it matches. */
export type SeenEvent = { at: number; steps: StepSet }

/** The events of one instant (ms), whose order does not matter, each as the steps that it matches. */
export type Instant = { at: number; events: readonly StepSet[] }

export function hasStep(steps: StepSet, step: number): boolean {
  return (steps & (1 << step)) !== 0
}

/**
 * Groups events by instant, in order of time. Of events of one instant that match the same steps, as many are kept as
 * there are steps: no attempt uses more, and one that goes on from an earlier instant leaves at least one over.
 */
function instantsOf(events: readonly SeenEvent[], stepCount: number): Instant[] {
  const instants: { at: number; events: StepSet[] }[] = []
  let counts = new Map<StepSet, number>()
  for (const { at, steps } of [...events].sort((a, b) => a.at - b.at)) {
    let instant = instants.at(-1)
    if (instant?.at !== at) {
      instant = { at, events: [] }
      instants.push(instant)
      counts = new Map()
    }
    const count = counts.get(steps) ?? 0
    counts.set(steps, count + 1)
    if (count < stepCount) instant.events.push(steps)
  }
  return instants
}

/** The events of one person that a funnel looks at, by instant. */
export class FunnelHistory {
  readonly instants: readonly Instant[]
  readonly stepCount: number
  /** For each step, by the index of an instant: the index of the first from there on that has an event for it. */
  readonly #next: readonly Int32Array[]

  constructor(events: readonly SeenEvent[], stepCount: number) {
    this.instants = instantsOf(events, stepCount)
    this.stepCount = stepCount
    const none = this.instants.length
    this.#next = Array.from({ length: stepCount }, (_, step) => {
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

export type FunnelOrder = 'ordered' | 'strict' | 'unordered'

/**
 * A funnel as its rules see it, when what an event matches is known: `from` (inclusive) and `to` (exclusive) limit where
 * attempts begin; all times in ms. Between the steps `fromStep` and `toStep` (0-based) an exclusion throws an attempt away.
 */
export interface FunnelRules {
  stepCount: number
  order: FunnelOrder
  windowMs: number
  exclusions: readonly { fromStep: number; toStep: number }[]
  from: number
  to: number
  now: number
}

/** A set of steps: bit i stands for step i. */
export type StepSet = number

/**
 * The events of one person, at the indices from `start` up to `end`, in the order of (time, arrival). Bit i of `marks`
 * says that the event matches step i, bit `stepCount + j` that it matches exclusion j, and the bit after those that it is
 * activity, which only `strict` asks for.
 */
export interface MarkedEvents {
  readonly start: number
  readonly end: number
  readonly at: Float64Array
  readonly marks: Uint32Array
}

/**
 * Told of an attempt: the times (ms) of the steps that it reached, of which the first `reached` count, and the index of
 * the event that opened it. `times` is reused: what is to be kept must be copied.
 */
export type AttemptVisit = (times: ArrayLike<number>, reached: number, opener: number) => void

/** Calls `visit` for each attempt of a person, in any order. */
export type AttemptReader = (person: MarkedEvents, visit: AttemptVisit) => void

/** The same where it applies to the person; else it returns false and tells nothing. */
export type FastReader = (person: MarkedEvents, visit: AttemptVisit) => boolean

export function hasStep(steps: StepSet, step: number): boolean {
  return (steps & (1 << step)) !== 0
}

/** All steps of a funnel as a set. */
export function allSteps({ stepCount }: FunnelRules): StepSet {
  return (1 << stepCount) - 1
}

/** The steps that may open an attempt: the first one, or with `unordered` any. */
export function openingSteps(rules: FunnelRules): StepSet {
  return rules.order === 'unordered' ? allSteps(rules) : 1
}

/** The mark of exclusion `index`. */
export function exclusionMark({ stepCount }: FunnelRules, index: number): number {
  return 1 << (stepCount + index)
}

/** The mark of activity. */
export function activityMark(rules: FunnelRules): number {
  return exclusionMark(rules, rules.exclusions.length)
}

const windowUnits = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
}

/** The length of a conversion window. Lengths are fixed: a day 24 hours, a week 7 days, a month 30 days. */
export type FunnelWindow = { value: number; unit: keyof typeof windowUnits }

/** A conversion window in ms. */
export function windowLength({ value, unit }: FunnelWindow): number {
  return value * windowUnits[unit]
}

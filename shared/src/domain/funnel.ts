import { eventMatcher, type MatchableEvent, type Step } from './conditions.ts'
import { type Attempt, orderedAttempt, strictAttempt, unorderedAttempt } from './funnel-attempts.ts'
import { type Exclusion, exclusionReader } from './funnel-exclusions.ts'
import { FunnelHistory, hasStep, type SeenEvent, type StepSet } from './funnel-history.ts'

export type FunnelOrder = 'ordered' | 'strict' | 'unordered'

/** An event of the person whose funnel is matched; `at` in ms. */
export type FunnelEvent = MatchableEvent & { id?: unknown; at: number }

/** `from` (inclusive) and `to` (exclusive) limit where attempts begin; all times in ms. Conditions on events only. */
export type FunnelOptions = {
  steps: readonly Step[]
  order: FunnelOrder
  windowMs: number
  exclusions?: readonly Exclusion[] | undefined
  from: number
  to: number
  now: number
}

/** How far a person got: `reached` steps at `times` (ms), and whether they may still get further. */
export type FunnelMatch = { reached: number; times: number[]; open: boolean }

const attemptOf: Record<FunnelOrder, Attempt> = {
  ordered: orderedAttempt,
  strict: strictAttempt,
  unordered: unorderedAttempt,
}

/**
 * Makes the matcher of a funnel, for use on many people: given the events of one person, in any order, that pass the
 * conditions on the whole funnel, it tells how far that person got; null without an attempt, or with all thrown away.
 *
 * - An attempt opens at every event of the range that matches step 1; `unordered`, at every one that matches any step.
 *   Its window runs `windowMs` from there, far edge inside, and may pass `to`.
 * - Within an attempt, events of one instant may follow one another whichever way, no event fills two steps, and of
 *   several choices the one counts that gets furthest, then the one with the earliest times.
 * - `ordered`: each step is the earliest matching event at or after the step before. `strict`: the steps are
 *   consecutive among the events that are activity or match a step. `unordered`: any steps, each by another event at
 *   or after the start; `reached` counts different steps.
 * - An exclusion throws an attempt away when its event lies strictly between the times of its two steps, or, where the
 *   second was not reached, after the first and inside the window. `unordered`, between start and last step.
 * - Of the attempts left the one that gets furthest counts, of equal ones the earliest.
 * - `open`: the last step was not reached, and the window of any attempt left has not passed at `now`.
 */
export function funnelMatcher(
  options: FunnelOptions,
): (events: readonly FunnelEvent[]) => FunnelMatch | null {
  const see = eventReader(options)
  const exclusionsOf = exclusionReader(options)
  const stepCount = options.steps.length
  return (events) => {
    const history = new FunnelHistory(see(events), stepCount)
    const isThrownAway = exclusionsOf(events)
    let best: number[] | undefined
    let latestStart = Number.NEGATIVE_INFINITY
    for (const times of attempts(history, options)) {
      if (best?.length === stepCount && startOf(times) > startOf(best)) break
      if (isThrownAway(times)) continue
      latestStart = startOf(times)
      if (!best || isBetter(times, best)) best = times
    }
    if (!best) return null
    const inWindow = latestStart + options.windowMs >= options.now
    return { reached: best.length, times: best, open: best.length < stepCount && inWindow }
  }
}

/** Matches the funnel of one person; see `funnelMatcher`. */
export function matchFunnel(events: readonly FunnelEvent[], options: FunnelOptions): FunnelMatch | null {
  return funnelMatcher(options)(events)
}

const startOf = ([start = Number.NaN]: readonly number[]) => start

/** Reads the events that matter to the order of the funnel, each with the steps that it matches. */
function eventReader({ steps, order }: FunnelOptions): (events: readonly FunnelEvent[]) => SeenEvent[] {
  const matchers = steps.map(eventMatcher)
  const stepsOf = (event: FunnelEvent): StepSet =>
    matchers.reduce((set, matches, step) => (matches(event) ? set | (1 << step) : set), 0)
  return (events) =>
    events
      .map((event) => ({ at: event.at, steps: stepsOf(event), activity: event.activity }))
      .filter(({ steps: matched, activity }) => matched !== 0 || (order === 'strict' && activity))
}

/** The step times of every attempt of the range, in order of start. */
function* attempts(history: FunnelHistory, options: FunnelOptions): Generator<number[]> {
  const { order, from, to, windowMs } = options
  for (const [index, { at, events }] of history.instants.entries()) {
    if (at < from || at >= to) continue
    for (const [place, event] of events.entries()) {
      const opens = order === 'unordered' ? event !== 0 : hasStep(event, 0)
      if (!opens || events.indexOf(event) < place) continue
      yield attemptOf[order](history, { index, place, windowEnd: at + windowMs })
    }
  }
}

/** Whether attempt `a` counts before `b`: it gets further, or as far and is earlier, by its start first. */
function isBetter(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return a.length > b.length
  const differing = a.findIndex((time, step) => time !== b[step])
  return differing >= 0 && (a[differing] ?? 0) < (b[differing] ?? 0)
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

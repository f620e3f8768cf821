import { eventMatcher, type MatchableEvent, type Step } from './conditions.ts'
import { withoutThrownAway } from './funnel-exclusions.ts'
import { fastOrdered } from './funnel-fast-ordered.ts'
import { fastStrict } from './funnel-fast-strict.ts'
import { fastUnordered } from './funnel-fast-unordered.ts'
import { Furthest } from './funnel-furthest.ts'
import { referenceAttempts } from './funnel-reference.ts'
import type { AttemptReader, FastReader, FunnelOrder, FunnelRules, MarkedEvents } from './funnel-rules.ts'

/** An event of the person whose funnel is matched; `at` in ms. */
export type FunnelEvent = MatchableEvent & { id?: unknown; at: number }

/** Events that throw an attempt away between two steps (0-based; first and last where not given). */
export type Exclusion = Step & { fromStep?: number | undefined; toStep?: number | undefined }

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

/** What the rules need of a funnel's definition. */
export function funnelRules({ steps, exclusions = [], ...rest }: FunnelOptions): FunnelRules {
  const { order, windowMs, from, to, now } = rest
  const spans = exclusions.map(({ fromStep = 0, toStep = steps.length - 1 }) => ({ fromStep, toStep }))
  return { stepCount: steps.length, order, windowMs, exclusions: spans, from, to, now }
}

/** What events are marked with, bit by bit: see `MarkedEvents`. */
export function markedSteps({
  steps,
  exclusions = [],
  order,
}: Pick<FunnelOptions, 'steps' | 'exclusions' | 'order'>): Step[] {
  const plain = exclusions.map(({ event, where }) => ({ event, where }))
  return [...steps, ...plain, ...(order === 'strict' ? [{ event: null }] : [])]
}

const fastReaders: Record<FunnelOrder, (rules: FunnelRules) => FastReader> = {
  ordered: fastOrdered,
  strict: fastStrict,
  unordered: fastUnordered,
}

/** The attempts that are not thrown away of one person after another, by the quickest way that is right for each. */
export function attemptReader(rules: FunnelRules): AttemptReader {
  const fast = fastReaders[rules.order](rules)
  const reference = referenceAttempts(rules)
  return withoutThrownAway(rules, (person, visit) => {
    if (!fast(person, visit)) reference(person, visit)
  })
}

/**
 * Tells how far one person got, given their events, in any order, that pass the conditions on the whole funnel; null
 * without an attempt, or with all thrown away. This is the plain reference that faster code is tested against.
 *
 * 1. An attempt opens at every event of the range that matches step 1. Its window runs `windowMs` from there, its far
 *    edge inside, and may pass `to`.
 * 2. Of a person's attempts the one that gets furthest counts, of equal ones the earliest.
 * 3. `ordered`: each next step is the earliest matching event at or after the step before. Events of one instant may
 *    follow one another whichever way, no event fills two steps, and of several choices the one counts that gets
 *    furthest.
 * 4. `strict`: the steps are consecutive among the events that are activity or match a step.
 * 5. `unordered`: an attempt opens at every event that matches any step; further steps count at or after it, each by
 *    another event. `reached` counts different steps.
 * 6. An exclusion throws an attempt away when its event lies strictly between the times of its two steps, or, where the
 *    second was not reached, after the first and inside the window. `unordered`: between start and last step.
 *
 * `open`: the last step was not reached, and the window of any attempt left has not passed at `now`.
 */
export function matchFunnel(events: readonly FunnelEvent[], options: FunnelOptions): FunnelMatch | null {
  const rules = funnelRules(options)
  const furthest = new Furthest(rules)
  const read = withoutThrownAway(rules, referenceAttempts(rules))
  read(markEvents(events, markedSteps(options)), furthest.take)
  const { reached, times, open } = furthest
  return reached === 0 ? null : { reached, times: [...times.subarray(0, reached)], open }
}

/** The events of one person, which may come in any order, with what they match. */
export function markEvents(events: readonly FunnelEvent[], steps: readonly Step[]): MarkedEvents {
  const matchers = steps.map(eventMatcher)
  const marksOf = (event: FunnelEvent) =>
    matchers.reduce((marks, matches, bit) => (matches(event) ? marks | (1 << bit) : marks), 0)
  const sorted = [...events].sort((a, b) => a.at - b.at)
  return {
    start: 0,
    end: sorted.length,
    at: Float64Array.from(sorted, ({ at }) => at),
    marks: Uint32Array.from(sorted, marksOf),
  }
}

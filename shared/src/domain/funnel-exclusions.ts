import { eventMatcher, type MatchableEvent, type Step } from './conditions.ts'

/** Events that throw an attempt away between two steps (0-based; first and last where not given). */
export type Exclusion = Step & { fromStep?: number | undefined; toStep?: number | undefined }

type ExcludingFunnel = {
  steps: readonly Step[]
  order: 'ordered' | 'strict' | 'unordered'
  windowMs: number
  exclusions?: readonly Exclusion[] | undefined
}

/**
 * Makes, of a person's events, the test whether an attempt with these step times is thrown away: an excluding event lies
 * strictly between the times of its two steps, or, where the second was not reached, after the first and inside the
 * window. In an `unordered` funnel it spans the whole attempt.
 */
export function exclusionReader({ steps, order, windowMs, exclusions = [] }: ExcludingFunnel) {
  const spans = exclusions.map((exclusion) => {
    const { fromStep = 0, toStep = steps.length - 1 } = order === 'unordered' ? {} : exclusion
    return { matches: eventMatcher(exclusion), fromStep, toStep }
  })
  return (events: readonly (MatchableEvent & { at: number })[]) => {
    const excluding = spans.map(({ matches, fromStep, toStep }) => ({
      at: Float64Array.from(events.filter(matches), (event) => event.at).sort(),
      fromStep,
      toStep,
    }))
    return (times: readonly number[]) =>
      excluding.some(({ at, fromStep, toStep }) => {
        const [start] = times
        const after = times[fromStep]
        if (start === undefined || after === undefined) return false
        const next = firstAfter(at, after)
        const before = times[toStep]
        return before === undefined ? next <= start + windowMs : next < before
      })
  }
}

/** The first of sorted times that lies after `time`; Infinity where none does. */
function firstAfter(sorted: Float64Array, time: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > time) high = middle
    else low = middle + 1
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY
}

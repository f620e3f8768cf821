import { eventMatcher, type MatchableEvent, type Step } from './conditions.ts'
import type { FunnelOrder, FunnelRules, MarkedEvents } from './funnel-rules.ts'

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

/** What the rules need of a definition. */
export function funnelRules({ steps, exclusions = [], ...rest }: FunnelOptions): FunnelRules {
  const { order, windowMs, from, to, now } = rest
  const spans = exclusions.map(({ fromStep = 0, toStep = steps.length - 1 }) => ({ fromStep, toStep }))
  return { stepCount: steps.length, order, windowMs, exclusions: spans, from, to, now }
}

/** What each bit of an event's marks says that it matches: the steps, the exclusions, and in `strict` any activity. */
export function markedSteps(definition: Pick<FunnelOptions, 'steps' | 'exclusions' | 'order'>): Step[] {
  const { steps, exclusions = [], order } = definition
  const excluding = exclusions.map(({ event, where }) => ({ event, where }))
  return [...steps, ...excluding, ...(order === 'strict' ? [{ event: null }] : [])]
}

/** The events of one person, which may come in any order, with what each of them matches. */
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

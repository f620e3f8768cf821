import {
  type FunnelEvent,
  type FunnelOptions,
  funnelRules,
  markEvents,
  markedSteps,
} from './funnel-definition.ts'
import { withoutThrownAway } from './funnel-exclusions.ts'
import { Furthest } from './funnel-furthest.ts'
import { referenceAttempts } from './funnel-reference.ts'

/** How far a person got: `reached` steps at `times` (ms), and whether they may still get further. */
export type FunnelMatch = { reached: number; times: number[]; open: boolean }

/**
 * Tells how far one person got, given their events, in any order, that pass the conditions on the whole funnel; null
 * without an attempt, or with all thrown away. This is the plain reference that faster code is tested against. Its rules,
 * as `docs/api.md` §6 numbers them, and where each is decided:
 *
 * 1. An attempt opens at every event of the range that matches step 1. Its window runs `windowMs` from there, its far
 *    edge inside, and may pass `to`. (`funnel-reference`)
 * 2. Of a person's attempts the one that gets furthest counts, of equal ones the earliest. (`funnel-furthest`)
 * 3. `ordered`: each next step is the earliest matching event at or after the step before. Events of one instant may
 *    follow one another whichever way, no event fills two steps, and of several choices the one counts that gets
 *    furthest. (`funnel-attempts`, as 4 and 5)
 * 4. `strict`: the steps are consecutive among the events that are activity or match a step.
 * 5. `unordered`: an attempt opens at every event that matches any step; further steps count at or after it, each by
 *    another event. `reached` counts different steps.
 * 6. An exclusion throws an attempt away when its event lies strictly between the times of its two steps, or, where the
 *    second was not reached, after the first and inside the window. `unordered`: between start and last step.
 *    (`funnel-exclusions`)
 *
 * `open`: the last step was not reached, and the window of any attempt left has not passed at `now`.
 */
export function matchFunnel(events: readonly FunnelEvent[], options: FunnelOptions): FunnelMatch | null {
  const rules = funnelRules(options)
  const readAttempts = withoutThrownAway(rules, referenceAttempts(rules))
  const furthest = new Furthest(rules)
  readAttempts(markEvents(events, markedSteps(options)), furthest.take)
  const { reached, times, open } = furthest
  return reached === 0 ? null : { reached, times: [...times.subarray(0, reached)], open }
}

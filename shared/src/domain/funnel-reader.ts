import { withoutThrownAway } from './funnel-exclusions.ts'
import { fastOrdered } from './funnel-fast-ordered.ts'
import { fastStrict } from './funnel-fast-strict.ts'
import { fastUnordered } from './funnel-fast-unordered.ts'
import { referenceAttempts } from './funnel-reference.ts'
import type { AttemptReader, FastReader, FunnelOrder, FunnelRules } from './funnel-rules.ts'

const fastReaders: Record<FunnelOrder, (rules: FunnelRules) => FastReader> = {
  ordered: fastOrdered,
  strict: fastStrict,
  unordered: fastUnordered,
}

/**
 * Reads the attempts of one person after another by the quickest way that is right for each: in one pass where the order
 * of their events leaves no choice, by the reference where it does. Attempts that are thrown away are left out.
 */
export function attemptReader(rules: FunnelRules): AttemptReader {
  const fast = fastReaders[rules.order](rules)
  const reference = referenceAttempts(rules)
  return withoutThrownAway(rules, (person, visit) => {
    if (!fast(person, visit)) reference(person, visit)
  })
}

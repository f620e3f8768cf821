import { type Attempt, orderedAttempt, strictAttempt, unorderedAttempt } from './funnel-attempts.ts'
import { FunnelHistory } from './funnel-history.ts'
import {
  type AttemptReader,
  type FunnelOrder,
  type FunnelRules,
  type MarkedEvents,
  openingSteps,
} from './funnel-rules.ts'

const attemptOf: Record<FunnelOrder, Attempt> = {
  ordered: orderedAttempt,
  strict: strictAttempt,
  unordered: unorderedAttempt,
}

/** Makes the test whether a person has an attempt at all: most of those who pass a funnel by have none. */
function attemptTest(rules: FunnelRules): (person: MarkedEvents) => boolean {
  const opening = openingSteps(rules)
  return ({ start, end, at, marks }) => {
    for (let index = start; index < end; index++) {
      const [time = 0, mark = 0] = [at[index], marks[index]]
      if ((mark & opening) !== 0 && time >= rules.from && time < rules.to) return true
    }
    return false
  }
}

/**
 * Every attempt of a person by the plain rules, before exclusions: the reference that faster code is tested against.
 *
 * An attempt opens at every event of the range that matches step 1, in an `unordered` funnel at every one that matches
 * any step. Events of one instant that match the same steps would open the same attempt: the first to arrive opens it.
 */
export function referenceAttempts(rules: FunnelRules): AttemptReader {
  const { order, from, to, windowMs } = rules
  const opening = openingSteps(rules)
  const hasAttempt = attemptTest(rules)
  return (person, visit) => {
    if (!hasAttempt(person)) return
    const history = new FunnelHistory(person, rules)
    for (const [index, { at, events, indices }] of history.instants.entries()) {
      if (at < from || at >= to) continue
      for (const [place, event] of events.entries()) {
        if ((event & opening) === 0 || events.indexOf(event) < place) continue
        const times = attemptOf[order](history, { index, place, windowEnd: at + windowMs })
        visit(times, times.length, indices[place] ?? person.start)
      }
    }
  }
}

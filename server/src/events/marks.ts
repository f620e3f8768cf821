import { eventMatcher, type MatchableEvent, type Step, settlePerson } from '@botdeck/shared/domain/conditions'
import type { Audience } from '../stats/audience.ts'
import { conditionsOn } from '../stats/audience.ts'

/** Tells which steps an event matches by itself, as bits. */
export function eventMarks(steps: readonly Step[]): (event: MatchableEvent) => number {
  const matchers = steps.map(eventMatcher)
  return (event) =>
    matchers.reduce((marks, matches, index) => (matches(event) ? marks | (1 << index) : marks), 0)
}

/** Tells which steps a person may match at all by the steps' conditions on people, as bits; null where none has any. */
export function personMarks(steps: readonly Step[], audience: Audience): ((uid: number) => number) | null {
  if (steps.every(({ where }) => conditionsOn('user', where).length === 0)) return null
  return (uid) => {
    const field = audience.fieldOf(uid)
    return steps.reduce(
      (marks, step, index) => (fits(settlePerson(step, field)) ? marks | (1 << index) : marks),
      0,
    )
  }
}

/** A step that a person may not match is settled to one of no types. */
function fits({ event }: Step): boolean {
  return !Array.isArray(event) || event.length > 0
}

import {
  activityMark,
  allSteps,
  type FastReader,
  type FunnelRules,
  type MarkedEvents,
} from './funnel-rules.ts'

/**
 * The attempts of a `strict` funnel in one pass over a person's events, without making an object. It applies to a person
 * who has no two events of the line at one instant: these may be taken either way.
 *
 * Why it is right. The line is the events that match a step or are activity. With no two of them at one instant it has
 * one order, and the steps after an event that opens an attempt must be filled by the very events that follow it in the
 * line, one after the other, as long as they lie inside the window.
 */
export function fastStrict(rules: FunnelRules): FastReader {
  const { stepCount, windowMs, from, to } = rules
  const line = allSteps(rules) | activityMark(rules)
  const times = new Float64Array(stepCount)

  function applies({ start, end, at, marks }: MarkedEvents): boolean {
    let before = Number.NaN
    for (let index = start; index < end; index++) {
      if (((marks[index] as number) & line) === 0) continue
      if (at[index] === before) return false
      before = at[index] as number
    }
    return true
  }

  /** How many steps the events of the line from `opener` on fill. */
  function reachedFrom({ end, at, marks }: MarkedEvents, opener: number): number {
    const windowEnd = (at[opener] as number) + windowMs
    let reached = 0
    for (let index = opener; index < end && reached < stepCount; index++) {
      const mark = marks[index] as number
      if ((mark & line) === 0) continue
      const time = at[index] as number
      if ((mark & (1 << reached)) === 0 || time > windowEnd) break
      times[reached] = time
      reached += 1
    }
    return reached
  }

  return (person, visit) => {
    if (!applies(person)) return false
    const { start, end, at, marks } = person
    for (let index = start; index < end; index++) {
      // @NOTE Indices from `start` up to `end` are inside both arrays.
      const time = at[index] as number
      const opens = ((marks[index] as number) & 1) !== 0 && time >= from && time < to
      if (opens) visit(times, reachedFrom(person, index), index)
    }
    return true
  }
}

import { allSteps, type FastReader, type FunnelRules, type MarkedEvents } from './funnel-rules.ts'

/**
 * The attempts of an `unordered` funnel in one pass over a person's events, from the last instant to the first, without
 * making an object. It applies to a person each of whose events matches one step at most: then different steps are always
 * different events, and no choice among them is to be made.
 *
 * Why it is right. `next` holds for every step when it is done for the first time from here on (Infinity where never). An
 * attempt that opens here reaches the steps whose time lies inside the window, each at that time: the step of its own
 * event at its start. All events of an instant are entered before it opens an attempt, because those beside the opening
 * event count as well; whichever of them opens, the attempt is the same, so the first to arrive stands for all.
 */
export function fastUnordered(rules: FunnelRules): FastReader {
  const { stepCount, windowMs, from, to } = rules
  const steps = allSteps(rules)
  const next = new Float64Array(stepCount)
  const times = new Float64Array(stepCount)

  function applies({ start, end, marks }: MarkedEvents): boolean {
    for (let index = start; index < end; index++) {
      const matched = (marks[index] as number) & steps
      if ((matched & (matched - 1)) !== 0) return false
    }
    return true
  }

  /** Puts the times inside the window in order. */
  function reachedFrom(start: number): number {
    let reached = 0
    for (let step = 0; step < stepCount; step++) {
      const time = next[step] as number
      if (time > start + windowMs) continue
      let place = reached
      for (; place > 0 && (times[place - 1] as number) > time; place--)
        times[place] = times[place - 1] as number
      times[place] = time
      reached += 1
    }
    return reached
  }

  return (person, visit) => {
    if (!applies(person)) return false
    const { start, end, at, marks } = person
    next.fill(Number.POSITIVE_INFINITY)
    let opener = -1
    for (let index = end - 1; index >= start; index--) {
      // @NOTE Indices from `start` up to `end` are inside both arrays.
      const time = at[index] as number
      const matched = (marks[index] as number) & steps
      if (matched !== 0) {
        next[31 - Math.clz32(matched)] = time
        opener = index
      }
      if (index > start && at[index - 1] === time) continue
      if (opener >= 0 && time >= from && time < to) visit(times, reachedFrom(time), opener)
      opener = -1
    }
    return true
  }
}

import { allSteps, type FastReader, type FunnelRules, type MarkedEvents } from './funnel-rules.ts'

/**
 * The attempts of an `ordered` funnel in one pass over a person's events, from the last to the first, without making an
 * object. It applies to a person who has no two events of steps at one instant: these may follow one another either way.
 *
 * Why it is right. With no two events at one instant, "the earliest matching event at or after the step before, and
 * another one" is the next matching event in the list. So what a person does who waits for step s depends on nothing but
 * the events that follow: `paths` holds it for every s, as the times at which the steps s, s + 1 … would be filled from
 * here on (Infinity where never). An event that matches step s is the next such event for everything before it: it fills
 * step s, and what follows is what waits for step s + 1 behind it. Its steps are taken in ascending order, so that row
 * s + 1 still speaks of the events behind it alone, and the event fills one step of a path. An event that opens an
 * attempt is followed by what waits for step 1 behind it, as far as the window reaches: times ascend along a path, so
 * the first one outside ends it.
 */
export function fastOrdered(rules: FunnelRules): FastReader {
  const { stepCount, windowMs, from, to } = rules
  const steps = allSteps(rules)
  // Row s, column k: when step k is filled by who waits for step s. The row past the last step stays empty.
  const paths = new Float64Array((stepCount + 1) * stepCount)
  const times = new Float64Array(stepCount)

  function applies({ start, end, at, marks }: MarkedEvents): boolean {
    let before = Number.NaN
    for (let index = start; index < end; index++) {
      if (((marks[index] as number) & steps) === 0) continue
      if (at[index] === before) return false
      before = at[index] as number
    }
    return true
  }

  function fillStep(step: number, time: number): void {
    const row = step * stepCount
    paths[row + step] = time
    for (let k = step + 1; k < stepCount; k++) paths[row + k] = paths[row + stepCount + k] as number
  }

  function reachedFrom(start: number): number {
    times[0] = start
    let reached = 1
    while (reached < stepCount) {
      const time = paths[stepCount + reached] as number
      if (time > start + windowMs) break
      times[reached] = time
      reached += 1
    }
    return reached
  }

  return (person, visit) => {
    if (!applies(person)) return false
    const { start, end, at, marks } = person
    paths.fill(Number.POSITIVE_INFINITY)
    for (let index = end - 1; index >= start; index--) {
      // @NOTE Indices from `start` up to `end` are inside both arrays.
      const time = at[index] as number
      const matched = (marks[index] as number) & steps
      if ((matched & 1) !== 0 && time >= from && time < to) visit(times, reachedFrom(time), index)
      for (let step = 1; matched >> step !== 0; step++)
        if ((matched & (1 << step)) !== 0) fillStep(step, time)
    }
    return true
  }
}

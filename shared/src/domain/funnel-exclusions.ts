import { type AttemptReader, exclusionMark, type FunnelRules, type MarkedEvents } from './funnel-rules.ts'

/** The first of sorted times that lies after `time`; Infinity where none does. */
function firstAfter(sorted: readonly number[], time: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > time) high = middle
    else low = middle + 1
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY
}

/** The times at which a person did what carries a mark, ascending. */
function timesOf({ start, end, at, marks }: MarkedEvents, mark: number): number[] {
  const times: number[] = []
  for (let index = start; index < end; index++)
    if (((marks[index] ?? 0) & mark) !== 0) times.push(at[index] ?? 0)
  return times
}

/**
 * Makes, of a person's events, the test whether an attempt with these step times is thrown away: an excluding event lies
 * strictly between the times of its two steps, or, where the second was not reached, after the first and inside the
 * window. In an `unordered` funnel it spans the whole attempt, from its start to its last step or the window's end.
 */
function exclusionReader(rules: FunnelRules) {
  const { order, stepCount, windowMs } = rules
  const spans = rules.exclusions.map(({ fromStep, toStep }, index) => ({
    mark: exclusionMark(rules, index),
    fromStep: order === 'unordered' ? 0 : fromStep,
    toStep: order === 'unordered' ? stepCount - 1 : toStep,
  }))
  return (person: MarkedEvents) => {
    const excluding = spans.map((span) => ({ ...span, at: timesOf(person, span.mark) }))
    return (times: ArrayLike<number>, reached: number) =>
      excluding.some(({ at, fromStep, toStep }) => {
        const [start, after, before] = [times[0], times[fromStep], times[toStep]]
        if (reached <= fromStep || start === undefined || after === undefined) return false
        const next = firstAfter(at, after)
        return reached <= toStep || before === undefined ? next <= start + windowMs : next < before
      })
  }
}

/** Tells of the attempts of `read` that are not thrown away: their paths are settled before exclusions judge them. */
export function withoutThrownAway(rules: FunnelRules, read: AttemptReader): AttemptReader {
  if (rules.exclusions.length === 0) return read
  const marksOfAny = rules.exclusions.reduce((marks, _, index) => marks | exclusionMark(rules, index), 0)
  const exclusionsOf = exclusionReader(rules)
  return (person, visit) => {
    const { start, end, marks } = person
    let any = 0
    for (let index = start; index < end; index++) any |= marks[index] ?? 0
    if ((any & marksOfAny) === 0) {
      read(person, visit)
      return
    }
    const isThrownAway = exclusionsOf(person)
    read(person, (times, reached, opener) => {
      if (!isThrownAway(times, reached)) visit(times, reached, opener)
    })
  }
}

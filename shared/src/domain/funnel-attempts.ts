import type { FunnelHistory, Instant } from './funnel-history.ts'
import { hasStep, type StepSet } from './funnel-rules.ts'
import { Pairing } from './pairing.ts'

/** An attempt: the event that opens it, by the index of its instant and its place there, and its window's last ms. */
export type Start = { index: number; place: number; windowEnd: number }

/** The times (ms) of the steps that an attempt reaches, by the choice of events that lets it get furthest. */
export type Attempt = (history: FunnelHistory, start: Start) => number[]

const eventFits = (step: number, event: StepSet) => hasStep(event, step)

/** How many steps from `step` on these events can fill one after another, each event one of them. */
function fillable(step: number, events: readonly StepSet[], stepCount: number): number {
  const [event = 0, second] = events
  // Nearly every instant has one event or none to offer.
  if (second === undefined) return step < stepCount && hasStep(event, step) ? 1 : 0
  const pairing = new Pairing(events, eventFits)
  let filled = 0
  while (step + filled < stepCount && pairing.add(step + filled)) filled += 1
  return filled
}

/** The events beside the first one at the instant where an attempt starts. */
const beside = ({ events }: Instant, place: number) => [...events.slice(0, place), ...events.slice(place + 1)]

const repeat = (at: number, count: number) => new Array<number>(count).fill(at)

/**
 * Each next step is filled by the earliest event at or after the step before. It never pays to wait, so at each
 * instant as many of the next steps are filled as its events allow.
 */
export const orderedAttempt: Attempt = (history, { index, place, windowEnd }) => {
  const times: number[] = []
  let at = index
  let instant = history.instants[index]
  while (instant && instant.at <= windowEnd) {
    if (at === index) times.push(instant.at)
    const events = at === index ? beside(instant, place) : instant.events
    times.push(...repeat(instant.at, fillable(times.length, events, history.stepCount)))
    at = history.next(times.length, at + 1)
    instant = history.instants[at]
  }
  return times
}

/**
 * The steps that follow each other without another event between, when the first `times.length` are filled and the
 * next one comes at `index`. Only an instant of which every event is used may be followed by another.
 */
function consecutive(history: FunnelHistory, times: number[], { index, windowEnd }: Omit<Start, 'place'>) {
  for (const instant of history.instants.slice(index, index + history.stepCount)) {
    if (instant.at > windowEnd) break
    const filled = fillable(times.length, instant.events, history.stepCount)
    times.push(...repeat(instant.at, filled))
    if (filled < instant.events.length) break
  }
  return times
}

/**
 * The steps are consecutive events. Those of the first instant may be taken before the one that opens the attempt,
 * where following it would lead less far; of equal ways the one that has more steps there is the earliest.
 */
export const strictAttempt: Attempt = (history, { index, place, windowEnd }) => {
  const first = history.instants[index]
  if (!first) return []
  let best: number[] = []
  for (let extra = fillable(1, beside(first, place), history.stepCount); extra >= 0; extra--) {
    const times = consecutive(history, repeat(first.at, 1 + extra), { index: index + 1, windowEnd })
    if (times.length > best.length) best = times
  }
  return best
}

/**
 * Any steps, each by another event: an event counts when all steps so far and one more can be told apart by events of
 * their own. Taken by time, events give the earliest time for each number of steps, and the one that opens the attempt
 * can always take the place of another. Where an event adds nothing, no later one that matches only the same steps
 * does, so the search skips to the next that may.
 */
export const unorderedAttempt: Attempt = (history, { index, windowEnd }) => {
  const steps = Array.from({ length: history.stepCount }, (_, step) => step)
  const pairing = new Pairing(steps, (event: StepSet, step) => hasStep(event, step))
  const times: number[] = []
  let settled: StepSet = 0
  let at = index
  for (
    let instant = history.instants[at];
    instant && instant.at <= windowEnd;
    instant = history.instants[at]
  ) {
    for (const event of instant.events) {
      if ((event & ~settled) === 0) continue
      if (pairing.add(event)) times.push(instant.at)
      else settled |= event
    }
    const open = times.length === steps.length ? [] : steps.filter((step) => !hasStep(settled, step))
    at = Math.min(history.instants.length, ...open.map((step) => history.next(step, at + 1)))
  }
  return times
}

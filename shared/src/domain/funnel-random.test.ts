import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesEvent, type Step } from './conditions.ts'
import { type FunnelMatch, matchFunnel } from './funnel.ts'
import type { FunnelEvent, FunnelOptions } from './funnel-definition.ts'

/*
 * The rules of a funnel by trying everything: every event that may open an attempt, every choice of events for the
 * next steps, every order of the events of one instant. Only histories of a few events can be asked.
 */

type Events = readonly FunnelEvent[]
const timesOf = (events: Events) => events.map((event) => event.at)
const without = (events: Events, event: FunnelEvent) => events.filter((other) => other !== event)
const isTime = (time: number | undefined): time is number => time !== undefined

function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) =>
    orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}

/** Every way to go on from a filled step: by each of the events of the earliest instant that has a fit one. */
function orderedPaths(path: Events, rest: Events, options: FunnelOptions): Events[] {
  const { steps, windowMs } = options
  const step = steps[path.length]
  const first = path[0]?.at ?? 0
  const last = path.at(-1)?.at ?? 0
  const fit = rest.filter(
    (event) => step && matchesEvent(step, event) && event.at >= last && event.at <= first + windowMs,
  )
  if (fit.length === 0) return [path]
  const earliest = Math.min(...timesOf(fit))
  return fit
    .filter((event) => event.at === earliest)
    .flatMap((event) => orderedPaths([...path, event], without(rest, event), options))
}

/** Every way to arrange the events of each instant. */
function arrangements(events: Events): Events[] {
  const instants = [...new Set(timesOf(events))].sort((a, b) => a - b)
  return instants.reduce<Events[]>(
    (lines, at) =>
      lines.flatMap((line) =>
        orders(events.filter((event) => event.at === at)).map((part) => [...line, ...part]),
      ),
    [[]],
  )
}

function strictPaths(start: FunnelEvent, events: Events, { steps, windowMs }: FunnelOptions): Events[] {
  const counted = events.filter((event) => event.activity || steps.some((step) => matchesEvent(step, event)))
  return arrangements(counted).map((line) => {
    const after = line.slice(line.indexOf(start))
    const broken = after.findIndex((event, i) => {
      const step = steps[i]
      return !step || !matchesEvent(step, event) || event.at > start.at + windowMs
    })
    return broken < 0 ? after : after.slice(0, broken)
  })
}

/** Every way to give different steps to different events of the window, the start among them. */
function unorderedPaths(start: FunnelEvent, events: Events, { steps, windowMs }: FunnelOptions): Events[] {
  const inWindow = events.filter((event) => event.at >= start.at && event.at <= start.at + windowMs)
  const assign = (step: number, free: Events): Events[] => {
    const wanted = steps[step]
    if (!wanted) return [[]]
    const used = free.filter((event) => matchesEvent(wanted, event))
    return [
      ...assign(step + 1, free),
      ...used.flatMap((event) => assign(step + 1, without(free, event)).map((rest) => [event, ...rest])),
    ]
  }
  return assign(0, inWindow)
    .filter((path) => path.includes(start))
    .map((path) => [...path].sort((a, b) => a.at - b.at))
}

function pathsFrom(start: FunnelEvent, events: Events, options: FunnelOptions): Events[] {
  if (options.order === 'ordered') return orderedPaths([start], without(events, start), options)
  return options.order === 'strict'
    ? strictPaths(start, events, options)
    : unorderedPaths(start, events, options)
}

function compare(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return b.length - a.length
  const differing = a.findIndex((time, i) => time !== b[i])
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0)
}

function isThrownAway(times: readonly number[], events: Events, options: FunnelOptions): boolean {
  const { steps, order, windowMs, exclusions = [] } = options
  return exclusions.some((exclusion) => {
    const whole = order === 'unordered'
    const after = times[whole ? 0 : (exclusion.fromStep ?? 0)]
    const before = times[whole ? steps.length - 1 : (exclusion.toStep ?? steps.length - 1)]
    return events.some(
      ({ at, ...event }) =>
        matchesEvent(exclusion, event) &&
        isTime(after) &&
        at > after &&
        (isTime(before) ? at < before : at <= (times[0] ?? 0) + windowMs),
    )
  })
}

function reference(events: Events, options: FunnelOptions): FunnelMatch | null {
  const { steps, order, from, to, windowMs, now } = options
  const openers = order === 'unordered' ? steps : steps.slice(0, 1)
  const left = events
    .filter((event) => event.at >= from && event.at < to && openers.some((step) => matchesEvent(step, event)))
    .map((start) => pathsFrom(start, events, options).map(timesOf).sort(compare)[0] ?? [])
    .filter((times) => !isThrownAway(times, events, options))
    .sort(compare)
  const [best] = left
  if (!best) return null
  const inWindow = left.some(([start = Number.NaN]) => start + windowMs >= now)
  return { reached: best.length, times: best, open: best.length < steps.length && inWindow }
}

const types = ['a', 'b', 'c', 'd']
const event = fc.record({
  at: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 3, max: 5 })),
  type: fc.constantFrom(...types),
  props: fc.record({ n: fc.constantFrom(1, 2) }),
  activity: fc.boolean(),
})
const where = fc.constantFrom<Step['where'][]>(undefined, undefined, [
  { scope: 'event', key: 'n', op: 'eq', value: 1 },
])
const step = fc.record({
  event: fc.oneof(fc.constantFrom('a', 'b', 'c', null), fc.subarray(types, { minLength: 1 })),
  where,
})
const exclusion = fc.record({
  event: fc.constantFrom('b', 'c', 'd', null),
  fromStep: fc.integer({ min: 0, max: 1 }),
  toStep: fc.option(fc.integer({ min: 2, max: 3 }), { nil: undefined }),
})
const options = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: 4 }),
  windowMs: fc.integer({ min: 1, max: 9 }),
  exclusions: fc.option(fc.array(exclusion, { maxLength: 2 }), { nil: undefined }),
  from: fc.integer({ min: 0, max: 3 }),
  to: fc.integer({ min: 4, max: 10 }),
  now: fc.integer({ min: 0, max: 18 }),
})

describe('matchFunnel', () => {
  it.each(['ordered', 'strict', 'unordered'] as const)('agrees with every choice tried out, %s', (order) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 7 }), options, (events, asked) => {
        expect(matchFunnel(events, { ...asked, order })).toEqual(reference(events, { ...asked, order }))
      }),
      { numRuns: 1_500 },
    )
  })

  it.each(['ordered', 'strict', 'unordered'] as const)(
    'does not depend on the order of arrival, %s',
    (order) => {
      const shuffled = fc
        .array(event, { maxLength: 20 })
        .chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        )
      fc.assert(
        fc.property(shuffled, options, ([events, others], asked) => {
          expect(matchFunnel(events, { ...asked, order })).toEqual(matchFunnel(others, { ...asked, order }))
        }),
        { numRuns: 300 },
      )
    },
  )
})

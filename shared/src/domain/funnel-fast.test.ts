import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptReader, matchFunnel } from './funnel.ts'
import { fastAttempts } from './funnel-fast.ts'
import { Furthest } from './funnel-furthest.ts'
import { referenceAttempts } from './funnel-reference.ts'
import type { AttemptReader, FunnelRules, MarkedEvents } from './funnel-rules.ts'

type Event = { at: number; marks: number }

/** The arrays of one person, between the events of others. */
function person(events: readonly Event[]): MarkedEvents {
  const others: Event[] = [{ at: 4, marks: 1 }]
  const all = [...others, ...[...events].sort((a, b) => a.at - b.at), ...others]
  return {
    start: 1,
    end: all.length - 1,
    at: Float64Array.from(all, ({ at }) => at),
    marks: Uint32Array.from(all, ({ marks }) => marks),
  }
}

function attempts(read: (...asked: Parameters<AttemptReader>) => unknown, events: MarkedEvents): unknown[] {
  const found: { times: number[]; opener: number }[] = []
  read(events, (times, reached, opener) => found.push({ times: Array.from(times).slice(0, reached), opener }))
  return found.sort((a, b) => a.opener - b.opener)
}

function counted(read: AttemptReader, rules: FunnelRules, events: MarkedEvents) {
  const furthest = new Furthest(rules)
  read(events, furthest.take)
  const { reached, times, opener, open } = furthest
  return reached === 0 ? null : { times: [...times.subarray(0, reached)], opener, open }
}

const rules: fc.Arbitrary<FunnelRules> = fc.record({
  stepCount: fc.integer({ min: 2, max: 5 }),
  order: fc.constant('ordered' as const),
  windowMs: fc.integer({ min: 1, max: 20 }),
  exclusions: fc.constant([]),
  from: fc.integer({ min: 0, max: 8 }),
  to: fc.integer({ min: 9, max: 40 }),
  now: fc.integer({ min: 0, max: 60 }),
})
const excluding = fc.array(fc.constant({ fromStep: 0, toStep: 1 }), { maxLength: 1 })

/** Marks of one step mostly, of several as equal steps or any activity make them, or of none. */
const marks = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1, 2, 4, 8, 16) },
  { weight: 2, arbitrary: fc.nat(31) },
)
const inLine = fc.uniqueArray(fc.record({ at: fc.nat(40), marks }), {
  selector: ({ at }) => at,
  maxLength: 30,
})
const fewSteps = (events: readonly Event[], { stepCount }: FunnelRules) =>
  events.map((event) => ({ ...event, marks: event.marks & ((1 << stepCount) - 1) }))

describe('fastAttempts', () => {
  it('tells the attempts that the reference tells', () => {
    fc.assert(
      fc.property(inLine, rules, (events, asked) => {
        const history = person(fewSteps(events, asked))
        const read = fastAttempts(asked)
        expect(read(history, () => {})).toBe(true)
        expect(attempts(read, history)).toEqual(attempts(referenceAttempts(asked), history))
      }),
      { numRuns: 3_000 },
    )
  })

  it('does not apply to events of one instant, nor where one throws attempts away', () => {
    const asked = {
      stepCount: 2,
      order: 'ordered',
      windowMs: 9,
      exclusions: [],
      from: 0,
      to: 9,
      now: 9,
    } as const
    const read = fastAttempts(asked)
    const apply = (...events: Event[]) => read(person(events), () => {})
    expect(apply({ at: 3, marks: 1 }, { at: 5, marks: 2 })).toBe(true)
    expect(apply({ at: 3, marks: 1 }, { at: 3, marks: 2 })).toBe(false)
    expect(apply({ at: 3, marks: 1 }, { at: 4, marks: 4 })).toBe(false)
    // The events of the persons beside this one are at 4.
    expect(apply({ at: 4, marks: 1 })).toBe(true)
  })
})

describe('attemptReader', () => {
  it('agrees with the reference on any history, ties, equal steps and exclusions included', () => {
    const history = fc.array(fc.record({ at: fc.nat(25), marks }), { maxLength: 12 })
    fc.assert(
      fc.property(history, rules, excluding, (events, plain, exclusions) => {
        const asked = { ...plain, exclusions }
        const fitting = events.map((event) => ({
          ...event,
          marks: event.marks & ((1 << (asked.stepCount + exclusions.length)) - 1),
        }))
        const all = person(fitting)
        expect(counted(attemptReader(asked), asked, all)).toEqual(
          counted(referenceAttempts(asked), asked, all),
        )
      }),
      { numRuns: 3_000 },
    )
  })

  it('finds what matchFunnel finds, where it may skip it', () => {
    const types = ['a', 'b', 'c']
    const steps = types.map((event) => ({ event }))
    const history = fc.array(fc.record({ at: fc.nat(40), type: fc.constantFrom(...types) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(history, rules, (events, plain) => {
        const asked = { ...plain, stepCount: 3 }
        const full = events.map((event) => ({ ...event, props: {}, activity: true }))
        const match = matchFunnel(full, { ...asked, steps, exclusions: [] })
        const found = counted(
          attemptReader(asked),
          asked,
          person(events.map(({ at, type }) => ({ at, marks: 1 << types.indexOf(type) }))),
        )
        expect(found && { times: found.times, open: found.open }).toEqual(
          match && { times: match.times, open: match.open },
        )
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('Furthest', () => {
  const rules: FunnelRules = {
    stepCount: 3,
    order: 'ordered',
    windowMs: 10,
    exclusions: [],
    from: 0,
    to: 100,
    now: 25,
  }

  it('prefers the longest, then the earliest, then the first to arrive, in whichever order it is told', () => {
    const told: [number[], number][] = [
      [[20], 5],
      [[3, 9], 2],
      [[3, 8], 4],
      [[3, 8], 3],
      [[7, 8], 0],
    ]
    for (const order of [told, [...told].reverse()]) {
      const furthest = new Furthest(rules)
      for (const [times, opener] of order) furthest.take(times, times.length, opener)
      expect([furthest.reached, ...furthest.times, furthest.opener]).toEqual([2, 3, 8, 0, 3])
      expect(furthest.open).toBe(true)
    }
  })

  it('is open by the latest attempt until its window has passed, and never once converted', () => {
    const open = (...told: number[][]) => {
      const furthest = new Furthest(rules)
      for (const times of told) furthest.take(times, times.length, 0)
      return furthest.open
    }
    expect(open([15])).toBe(true)
    expect(open([14])).toBe(false)
    expect(open([1, 2], [15])).toBe(true)
    expect(open([20], [1, 2, 3])).toBe(false)
  })

  it('begins anew with the next person', () => {
    const furthest = new Furthest(rules)
    furthest.take([20, 21, 22], 3, 0)
    furthest.clear()
    furthest.take([1], 1, 7)
    expect([furthest.reached, furthest.times[0], furthest.opener, furthest.open]).toEqual([1, 1, 7, false])
  })
})

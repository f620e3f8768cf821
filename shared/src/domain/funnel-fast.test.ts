import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutThrownAway } from './funnel-exclusions.ts'
import { fastOrdered } from './funnel-fast-ordered.ts'
import { fastStrict } from './funnel-fast-strict.ts'
import { fastUnordered } from './funnel-fast-unordered.ts'
import { Furthest } from './funnel-furthest.ts'
import { attemptReader } from './funnel-reader.ts'
import { referenceAttempts } from './funnel-reference.ts'
import type { AttemptReader, FunnelOrder, FunnelRules, MarkedEvents } from './funnel-rules.ts'
import { FunnelTrend } from './funnel-trend.ts'
import { PeriodTable } from './period-table.ts'

type Event = { at: number; marks: number }
const readers = { ordered: fastOrdered, strict: fastStrict, unordered: fastUnordered }
const orders: FunnelOrder[] = ['ordered', 'strict', 'unordered']

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

function attempts(read: (...asked: Parameters<AttemptReader>) => unknown, events: MarkedEvents) {
  const found: { times: number[]; opener: number }[] = []
  read(events, (times, reached, opener) => found.push({ times: Array.from(times).slice(0, reached), opener }))
  return found.sort((a, b) => a.opener - b.opener)
}

/** The attempt that counts, and by period what the furthest reaches and whether a window is open. */
function counted(read: AttemptReader, rules: FunnelRules, events: MarkedEvents) {
  const furthest = new Furthest(rules)
  const trend = new FunnelTrend(
    rules,
    new PeriodTable([0, 13, 26].map((start) => ({ start, end: start + 13 }))),
  )
  read(events, furthest.take)
  read(events, trend.take)
  const places: Record<number, number> = {}
  trend.flush((place, reached) => {
    places[place] = reached
  })
  const open = [0, 1, 2].map((place) => trend.isOpen(place))
  const { reached, times, opener } = furthest
  const best = reached === 0 ? null : { times: [...times.subarray(0, reached)], opener, open: furthest.open }
  return { best, places, open }
}

const spans = fc.constantFrom(
  { fromStep: 0, toStep: 1 },
  { fromStep: 1, toStep: 2 },
  { fromStep: 0, toStep: 2 },
)
const rulesOf = (order: FunnelOrder): fc.Arbitrary<FunnelRules> =>
  fc.record({
    stepCount: fc.integer({ min: 3, max: 5 }),
    order: fc.constant(order),
    windowMs: fc.integer({ min: 1, max: 20 }),
    exclusions: fc.array(spans, { maxLength: 2 }),
    from: fc.integer({ min: 0, max: 8 }),
    to: fc.integer({ min: 9, max: 40 }),
    now: fc.integer({ min: 0, max: 60 }),
  })

/** Marks of one step mostly, beside exclusions and activity; of several as equal steps make them, or of none. */
const single = fc.tuple(fc.nat(4), fc.nat(7)).map(([step, rest]) => (1 << step) | (rest << 5))
const anyMarks = fc.oneof({ weight: 3, arbitrary: single }, fc.nat(255))
const at = fc.oneof({ weight: 3, arbitrary: fc.nat(40) }, fc.integer({ min: 10, max: 13 }))

/** What the funnel has no bits for falls away: its exclusions and activity come after its own steps. */
function fitted(events: readonly Event[], { stepCount, exclusions }: FunnelRules): Event[] {
  const steps = (1 << stepCount) - 1
  const rest = (1 << (exclusions.length + 1)) - 1
  return events.map(({ marks, ...event }) => ({
    ...event,
    marks: (marks & steps) | (((marks >> 5) & rest) << stepCount),
  }))
}

describe.each(orders)('the fast attempts, %s', (order) => {
  it('are those of the reference, where they apply', () => {
    const alone = fc.uniqueArray(fc.record({ at, marks: anyMarks }), {
      selector: (event) => event.at,
      maxLength: 30,
    })
    const plain = fc.array(fc.record({ at, marks: single }), { maxLength: 25 })
    let applied = 0
    fc.assert(
      fc.property(fc.oneof(alone, plain), rulesOf(order), (events, rules) => {
        const history = person(fitted(events, rules))
        const told = attempts(readers[order](rules), history)
        if (!readers[order](rules)(history, () => {})) {
          expect(told).toEqual([])
          return
        }
        applied += 1
        // The reference opens the attempt of an instant with each kind of event there.
        const all = attempts(referenceAttempts(rules), history)
        const distinct = all.filter(({ times: [start] }, index) => all[index - 1]?.times[0] !== start)
        expect(told).toEqual(order === 'unordered' ? distinct : all)
      }),
      { numRuns: 2_000 },
    )
    expect(applied).toBeGreaterThan(500)
  })

  it('leave the rest to the reference, so that any history counts the same', () => {
    const history = fc.array(fc.record({ at, marks: anyMarks }), { maxLength: 14 })
    fc.assert(
      fc.property(history, rulesOf(order), (events, rules) => {
        const all = person(fitted(events, rules))
        const reference = withoutThrownAway(rules, referenceAttempts(rules))
        expect(counted(attemptReader(rules), rules, all)).toEqual(counted(reference, rules, all))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('the fast attempts', () => {
  const rules = { stepCount: 2, windowMs: 9, exclusions: [], from: 0, to: 9, now: 9 }
  const applies = (order: FunnelOrder, ...events: Event[]) =>
    readers[order]({ ...rules, order })(person(events), () => {})

  it('do not apply where events of one instant leave a choice', () => {
    const twice: Event[] = [
      { at: 3, marks: 1 },
      { at: 3, marks: 2 },
    ]
    expect(applies('ordered', ...twice)).toBe(false)
    expect(applies('strict', ...twice)).toBe(false)
    // Activity that matches no step stands in the line of a strict funnel alone.
    const beside: Event[] = [
      { at: 3, marks: 1 },
      { at: 3, marks: 4 },
    ]
    expect(applies('ordered', ...beside)).toBe(true)
    expect(applies('strict', ...beside)).toBe(false)
  })

  it('do not apply where an event may fill one of several steps in no order', () => {
    expect(applies('unordered', { at: 3, marks: 1 }, { at: 3, marks: 2 })).toBe(true)
    expect(applies('unordered', { at: 3, marks: 3 })).toBe(false)
    expect(applies('ordered', { at: 3, marks: 3 })).toBe(true)
    expect(applies('strict', { at: 3, marks: 3 })).toBe(true)
  })

  it('look at the events of one person alone', () => {
    // The events of the persons beside this one are at 4.
    for (const order of orders) expect(applies(order, { at: 4, marks: 1 })).toBe(true)
  })
})

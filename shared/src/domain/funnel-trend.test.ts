import { describe, expect, it } from 'vitest'
import { type FunnelOptions, funnelRules, markEvents, markedSteps } from './funnel-definition.ts'
import { attemptReader } from './funnel-reader.ts'
import { FunnelTrend } from './funnel-trend.ts'
import { PeriodTable } from './period-table.ts'

const periods = [0, 10, 20, 30].map((start) => ({ start, end: start + 10 }))

/** Persons as `time type` pairs; how far each got by period, as `place:reached`, and which periods are open. */
function trend(people: string[], options: Partial<FunnelOptions> = {}) {
  const asked: FunnelOptions = {
    steps: [{ event: 'a' }, { event: 'b' }, { event: 'c' }],
    order: 'ordered',
    windowMs: 10,
    from: 0,
    to: 40,
    now: 100,
    ...options,
  }
  const rules = funnelRules(asked)
  const figures = new FunnelTrend(rules, new PeriodTable(periods))
  const read = attemptReader(rules)
  const reached = people.map((person) => {
    const events = person.split(', ').map((pair) => {
      const [at = '', type = ''] = pair.split(' ')
      return { at: Number(at), type, props: {}, activity: true }
    })
    read(markEvents(events, markedSteps(asked)), figures.take)
    const places: string[] = []
    figures.flush((place, steps) => places.push(`${place}:${steps}`))
    return places.sort().join(' ')
  })
  return { reached, open: periods.map((_, place) => figures.isOpen(place)) }
}

describe('FunnelTrend', () => {
  it('counts a person once in each period in which an attempt began, by its furthest', () => {
    expect(trend(['1 a, 2 b, 5 a, 6 b, 7 c, 9 a']).reached).toEqual(['0:3'])
    expect(trend(['1 a, 2 b, 15 a, 35 a, 36 b, 37 c']).reached).toEqual(['0:2 1:1 3:3'])
  })

  it('takes the period of the start, wherever the later steps fall', () => {
    expect(trend(['9 a, 12 b, 19 c']).reached).toEqual(['0:3'])
    expect(trend(['9 a, 10 a, 12 b, 20 c']).reached).toEqual(['0:2 1:3'])
  })

  it('leaves out attempts outside of range and periods, and those thrown away', () => {
    expect(trend(['1 a, 12 a, 33 a'], { from: 5, to: 30 }).reached).toEqual(['1:1'])
    expect(trend(['41 a'], { to: 50 }).reached).toEqual([''])
    const exclusions = [{ event: 'x', fromStep: 0, toStep: 1 }]
    expect(trend(['1 a, 2 x, 3 b, 11 a'], { exclusions }).reached).toEqual(['1:1'])
  })

  it('forgets a person before the next one', () => {
    expect(trend(['1 a, 2 b', '3 a', '12 a']).reached).toEqual(['0:2', '0:1', '1:1'])
  })

  it('is open in the periods in which a window began that has not passed', () => {
    expect(trend(['1 a, 15 a, 16 b, 17 c'], { now: 25 }).open).toEqual([false, true, false, false])
    expect(trend(['1 a, 15 a'], { now: 26 }).open).toEqual([false, false, false, false])
    const exclusions = [{ event: 'x', fromStep: 0, toStep: 1 }]
    expect(trend(['15 a, 16 x'], { now: 20, exclusions }).open).toEqual([false, false, false, false])
  })

  it('opens with any step where they are unordered', () => {
    expect(trend(['1 c, 2 b, 12 a'], { order: 'unordered' }).reached).toEqual(['0:2 1:1'])
  })
})

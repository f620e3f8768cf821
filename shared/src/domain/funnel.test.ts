import { describe, expect, it } from 'vitest'
import type { Step } from './conditions.ts'
import { matchFunnel } from './funnel.ts'
import type { FunnelEvent, FunnelOptions } from './funnel-definition.ts'
import { windowLength } from './funnel-rules.ts'

/** Events of one person, as `time type` pairs; a type in capitals is no activity. */
function history(text: string): FunnelEvent[] {
  return text
    .split(',')
    .map((pair) => pair.trim().split(' '))
    .map(([at = '', type = ''], id) => ({
      id,
      at: Number(at),
      type,
      props: {},
      activity: type === type.toLowerCase(),
    }))
}

const abc: Step[] = [{ event: 'a' }, { event: 'b' }, { event: 'c' }]

/** Steps a, b, c in order, attempts from 0 to 1000, a window of 10, all windows over. */
function match(text: string, options: Partial<FunnelOptions> = {}) {
  const defaults: FunnelOptions = {
    steps: abc,
    order: 'ordered',
    windowMs: 10,
    from: 0,
    to: 1000,
    now: 10_000,
  }
  return matchFunnel(history(text), { ...defaults, ...options })
}

const result = (times: number[], open = false) => ({ reached: times.length, times, open })

describe('matchFunnel, ordered', () => {
  it('takes the earliest event for each next step and lets others come between', () => {
    expect(match('1 a, 2 x, 3 b, 4 b, 5 a, 6 c, 7 c')).toEqual(result([1, 3, 6]))
  })

  it('is null without an event for step 1, and does not care for order of arrival', () => {
    expect(match('1 b, 2 c')).toBeNull()
    expect(match('6 c, 1 a, 3 b')).toEqual(result([1, 3, 6]))
  })

  it('counts the far edge of the window as inside', () => {
    expect(match('0 a, 5 b, 10 c')).toEqual(result([0, 5, 10]))
    expect(match('0 a, 5 b, 11 c')).toEqual(result([0, 5]))
  })

  it('lets the range limit step 1 alone', () => {
    expect(match('4 a, 6 b, 9 c', { from: 4, to: 5 })).toEqual(result([4, 6, 9]))
    expect(match('4 a, 6 b, 9 c', { from: 5 })).toBeNull()
    expect(match('4 a, 6 b, 9 c', { to: 4 })).toBeNull()
  })

  it('opens an attempt at every step 1 and counts the one that gets furthest', () => {
    expect(match('0 a, 5 b, 8 a, 12 b, 18 c')).toEqual(result([8, 12, 18]))
    expect(match('0 a, 1 b, 20 a, 21 b, 40 a')).toEqual(result([0, 1]))
    expect(match('0 a, 2 a, 3 b, 4 c')).toEqual(result([0, 3, 4]))
  })

  it('lets events of one instant follow one another whatever their stored order', () => {
    expect(match('5 c, 5 b, 5 a')).toEqual(result([5, 5, 5]))
    expect(match('5 a, 7 c, 7 b')).toEqual(result([5, 7, 7]))
  })

  it('fills no two steps with one event', () => {
    const twice: Step[] = [{ event: 'a' }, { event: 'a' }]
    expect(match('1 a', { steps: twice })).toEqual(result([1]))
    expect(match('1 a, 1 a', { steps: twice })).toEqual(result([1, 1]))
    expect(match('1 a, 4 a', { steps: twice })).toEqual(result([1, 4]))
    expect(match('1 a, 3 b', { steps: [{ event: 'a' }, { event: null }] })).toEqual(result([1, 3]))
    expect(match('1 a, 1 b', { steps: [{ event: null }, { event: 'a' }] })).toEqual(result([1, 1]))
  })

  it('chooses among the events of one instant so that the attempt gets furthest', () => {
    const steps: Step[] = [{ event: 'a' }, { event: ['b', 'c'] }, { event: 'b' }]
    expect(match('1 a, 2 b, 2 c', { steps })).toEqual(result([1, 2, 2]))
    expect(match('1 a, 2 b, 5 c', { steps })).toEqual(result([1, 2]))
    expect(match('1 a, 2 b, 5 b', { steps })).toEqual(result([1, 2, 5]))
    const long: Step[] = [{ event: 'a' }, { event: ['b', 'c', 'd'] }, { event: ['b', 'c'] }, { event: 'b' }]
    expect(match('1 a, 2 b, 2 c, 2 d', { steps: long })).toEqual(result([1, 2, 2, 2]))
  })

  it('matches named types that are no activity, and null only activity', () => {
    expect(match('1 a, 2 B, 3 c', { steps: [{ event: 'a' }, { event: 'B' }, { event: 'c' }] })).toEqual(
      result([1, 2, 3]),
    )
    expect(match('1 a, 2 B, 3 c', { steps: [{ event: 'a' }, { event: null }] })).toEqual(result([1, 3]))
  })

  it('asks the conditions of a step', () => {
    const events: FunnelEvent[] = [
      { at: 1, type: 'a', props: { n: 1 }, activity: true },
      { at: 2, type: 'a', props: { n: 2 }, activity: true },
      { at: 3, type: 'b', props: { n: 1 }, activity: true },
    ]
    const steps: Step[] = [
      { event: 'a', where: [{ scope: 'event', key: 'n', op: 'gt', value: 1 }] },
      { event: 'b', where: [{ scope: 'event', key: 'n', op: 'eq', value: '1' }] },
    ]
    const options: FunnelOptions = { steps, order: 'ordered', windowMs: 10, from: 0, to: 9, now: 99 }
    expect(matchFunnel(events, options)).toEqual(result([2, 3]))
  })
})

describe('matchFunnel, open', () => {
  it('is open until the window has passed, its far edge inside', () => {
    expect(match('0 a, 5 b', { now: 10 })).toEqual(result([0, 5], true))
    expect(match('0 a, 5 b', { now: 11 })).toEqual(result([0, 5], false))
  })

  it('is open by any attempt, not only by the one that counts', () => {
    expect(match('0 a, 5 b, 30 a', { now: 35 })).toEqual(result([0, 5], true))
  })

  it('is not open once converted', () => {
    expect(match('0 a, 1 b, 2 c, 3 a', { now: 5 })).toEqual(result([0, 1, 2], false))
  })

  it('is not open by an attempt thrown away', () => {
    const exclusions = [{ event: 'x', fromStep: 0, toStep: 1 }]
    expect(match('0 a, 5 b, 30 a, 31 x', { now: 35, exclusions })).toEqual(result([0, 5], false))
    expect(match('30 a, 31 x', { now: 35, exclusions })).toBeNull()
  })
})

describe('matchFunnel, exclusions', () => {
  const between = (fromStep: number, toStep: number) => ({ exclusions: [{ event: 'x', fromStep, toStep }] })

  it('throws an attempt away strictly between its steps', () => {
    expect(match('1 a, 2 x, 3 b, 4 c', between(0, 1))).toBeNull()
    expect(match('1 a, 1 x, 3 b, 3 x, 4 c', between(0, 1))).toEqual(result([1, 3, 4]))
    expect(match('1 a, 2 x, 3 b, 4 c', between(1, 2))).toEqual(result([1, 3, 4]))
    expect(match('1 a, 3 b, 3 x, 4 c', between(0, 2))).toBeNull()
  })

  it('reaches to the window’s end where the later step was not reached', () => {
    expect(match('1 a, 2 b, 11 x', between(1, 2))).toBeNull()
    expect(match('1 a, 2 b, 12 x', between(1, 2))).toEqual(result([1, 2]))
    expect(match('1 a, 3 x', between(1, 2))).toEqual(result([1]))
  })

  it('has no effect after completion, nor before the start', () => {
    expect(match('0 x, 1 a, 2 b, 3 c, 4 x', between(0, 2))).toEqual(result([1, 2, 3]))
  })

  it('spans first to last step where none is named', () => {
    expect(match('1 a, 2 b, 3 x, 4 c', { exclusions: [{ event: 'x' }] })).toBeNull()
  })

  it('leaves other attempts', () => {
    expect(match('1 a, 2 x, 3 a, 4 b', between(0, 1))).toEqual(result([3, 4]))
    expect(match('1 a, 2 b, 3 x, 4 c, 20 a', between(1, 2))).toEqual(result([20]))
  })
})

describe('matchFunnel, strict', () => {
  const strict = { order: 'strict' } as const

  it('allows no other activity between', () => {
    expect(match('1 a, 2 b, 3 c', strict)).toEqual(result([1, 2, 3]))
    expect(match('1 a, 2 x, 3 b', strict)).toEqual(result([1]))
    expect(match('1 a, 2 b, 3 x, 4 c, 5 a, 6 b, 7 c', strict)).toEqual(result([5, 6, 7]))
  })

  it('looks past what is no activity, unless it matches a step', () => {
    expect(match('1 a, 2 X, 3 b', strict)).toEqual(result([1, 3]))
    expect(match('1 a, 2 X, 3 b', { ...strict, steps: [...abc, { event: 'X' }] })).toEqual(result([1]))
    expect(
      match('1 a, 2 X, 3 c', { ...strict, steps: [{ event: 'a' }, { event: 'X' }, { event: 'c' }] }),
    ).toEqual(result([1, 2, 3]))
  })

  it('takes a repeated step 1 for another activity between', () => {
    expect(match('1 a, 2 a, 3 b', strict)).toEqual(result([2, 3]))
  })

  it('takes events of one instant in either order', () => {
    expect(match('1 x, 1 a, 2 b', strict)).toEqual(result([1, 2]))
    expect(match('1 b, 1 a, 2 b, 3 c', strict)).toEqual(result([1, 2, 3]))
    expect(match('1 a, 2 c, 2 b', strict)).toEqual(result([1, 2, 2]))
    expect(match('1 a, 2 x, 2 b, 3 c', strict)).toEqual(result([1, 2]))
    expect(match('1 a, 2 b, 2 c, 2 x', strict)).toEqual(result([1, 2, 2]))
  })

  it('ends at the window and starts in the range', () => {
    expect(match('1 a, 11 b, 12 c', strict)).toEqual(result([1, 11]))
    expect(match('1 a, 2 b, 3 c', { ...strict, from: 2 })).toBeNull()
  })
})

describe('matchFunnel, unordered', () => {
  const unordered = { order: 'unordered' } as const

  it('starts with any step and counts different ones', () => {
    expect(match('1 c, 4 a, 9 b', unordered)).toEqual(result([1, 4, 9]))
    expect(match('1 c, 4 c, 9 c', unordered)).toEqual(result([1]))
    expect(match('1 x', unordered)).toBeNull()
  })

  it('begins range and window at the first event, whichever step it is', () => {
    expect(match('1 c, 4 a, 11 b', unordered)).toEqual(result([1, 4, 11]))
    expect(match('1 c, 4 a, 12 b', unordered)).toEqual(result([1, 4]))
    expect(match('1 c, 4 a, 12 b', { ...unordered, from: 2, to: 5 })).toEqual(result([4, 12]))
  })

  it('asks another event for each step', () => {
    const twice: Step[] = [{ event: 'a' }, { event: ['a', 'b'] }, { event: null }]
    expect(match('1 a, 3 b', { ...unordered, steps: twice })).toEqual(result([1, 3]))
    expect(match('1 x, 3 b, 3 b, 5 a', { ...unordered, steps: twice })).toEqual(result([1, 3, 5]))
  })

  it('spans the whole attempt with an exclusion, whichever steps it names', () => {
    const exclusions = [{ event: 'x', fromStep: 1, toStep: 2 }]
    expect(match('1 c, 2 x, 4 a, 9 b', { ...unordered, exclusions })).toEqual(result([4, 9]))
    expect(match('1 c, 2 a, 3 x, 4 b', { ...unordered, exclusions })).toEqual(result([4]))
    expect(match('1 c, 2 a, 3 b, 4 x', { ...unordered, exclusions })).toEqual(result([1, 2, 3]))
    expect(match('1 c, 11 x', { ...unordered, exclusions })).toBeNull()
    expect(match('1 c, 12 x', { ...unordered, exclusions })).toEqual(result([1]))
  })
})

describe('matchFunnel, long histories', () => {
  it('answers for 5,000 events of one instant, and of many, in every order', () => {
    const steps: Step[] = Array.from({ length: 10 }, (_, i) => ({ event: i < 9 ? null : 'never' }))
    const same = Array.from({ length: 5_000 }, () => '1 a').join(',')
    const spread = Array.from({ length: 5_000 }, (_, i) => `${i} a`).join(',')
    for (const order of ['ordered', 'strict', 'unordered'] as const) {
      expect(match(same, { steps, order })?.times).toEqual(Array(9).fill(1))
      expect(match(spread, { steps, order, to: 5_000 })?.times).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    }
  })
})

describe('windowLength', () => {
  it('is fixed for each unit', () => {
    expect(windowLength({ value: 90, unit: 'second' })).toBe(90_000)
    expect(windowLength({ value: 1, unit: 'day' })).toBe(86_400_000)
    expect(windowLength({ value: 2, unit: 'week' })).toBe(14 * 86_400_000)
    expect(windowLength({ value: 1, unit: 'month' })).toBe(30 * 86_400_000)
  })
})

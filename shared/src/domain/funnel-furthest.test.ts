import { describe, expect, it } from 'vitest'
import { Furthest } from './funnel-furthest.ts'
import type { FunnelRules } from './funnel-rules.ts'

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

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachState } from './lifecycle.ts'

function statesOf(active: number[], first: number, periods: number): string[] {
  const states: string[] = []
  forEachState({ active, first }, periods, (state, period) => states.push(`${period} ${state}`))
  return states
}

describe('forEachState', () => {
  it('calls a person new in the first period ever and returning in the next', () => {
    expect(statesOf([0, 1, 2], 0, 3)).toEqual(['0 new', '1 returning', '2 returning'])
  })

  it('calls a person dormant once after each stay, and resurrecting when they come back', () => {
    expect(statesOf([0, 3], 0, 6)).toEqual(['0 new', '1 dormant', '3 resurrecting', '4 dormant'])
  })

  it('looks one period back before the first', () => {
    expect(statesOf([-1, 0], -1, 2)).toEqual(['0 returning', '1 dormant'])
    expect(statesOf([-1], -1, 2)).toEqual(['0 dormant'])
  })

  it('knows from all history that somebody is not new', () => {
    expect(statesOf([0], -40, 1)).toEqual(['0 resurrecting'])
  })

  it('tells nothing of periods beyond the last', () => {
    expect(statesOf([0, 1, 2, 3], 0, 2)).toEqual(['0 new', '1 returning'])
    expect(statesOf([], 5, 4)).toEqual([])
  })

  it('accounts for everybody active in a period and in the one before', () => {
    const days = fc.uniqueArray(fc.integer({ min: -5, max: 12 }), { minLength: 1 })
    fc.assert(
      fc.property(days, (list) => {
        const sorted = list.sort((a, b) => a - b)
        const states = statesOf(
          sorted.filter((day) => day >= -1),
          sorted[0] ?? 0,
          10,
        )
        for (let t = 0; t < 10; t++) {
          const here = states.filter((state) => state.startsWith(`${t} `)).map((state) => state.split(' ')[1])
          const active = here.filter((state) => state !== 'dormant').length
          expect(active).toBe(sorted.includes(t) ? 1 : 0)
          const before = here.filter((state) => state === 'returning' || state === 'dormant').length
          expect(before).toBe(sorted.includes(t - 1) ? 1 : 0)
        }
      }),
    )
  })
})

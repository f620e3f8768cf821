import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PeriodTable } from './period-table.ts'

const table = new PeriodTable([
  { start: 100, end: 200 },
  { start: 200, end: 250 },
  { start: 250, end: 400 },
])

describe('PeriodTable', () => {
  it('finds the period that holds an instant, its start inside and its end not', () => {
    const places = [100, 199, 200, 249, 250, 399].map((at) => table.placeOf(at))
    expect(places).toEqual([0, 0, 1, 1, 2, 2])
  })

  it('says what lies before the first and after the last, whatever was asked before', () => {
    expect([300, 99, -5, 400, 1e12, 150].map((at) => table.placeOf(at))).toEqual([2, -1, -1, 3, 3, 0])
  })

  it('has no place where there are no periods', () => {
    const none = new PeriodTable([])
    expect([none.length, none.placeOf(0)]).toEqual([0, -1])
    expect(table.placeOf(Number.NaN)).toBe(-1)
  })

  it('agrees with looking at every period, of whatever lengths', () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -50, max: 300 }), { maxLength: 20 })
    fc.assert(
      fc.property(bounds, fc.array(fc.integer({ min: -60, max: 310 }), { maxLength: 20 }), (list, asked) => {
        const sorted = list.sort((a, b) => a - b)
        const periods = sorted.slice(1).map((end, index) => ({ start: sorted[index] ?? end, end }))
        const any = new PeriodTable(periods)
        for (const at of asked) {
          const before = periods.filter(({ end }) => end <= at).length
          const first = periods[0]
          expect(any.placeOf(at)).toBe(first && at >= first.start ? before : -1)
        }
      }),
    )
  })
})

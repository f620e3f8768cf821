import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, quantile } from './numbers.ts'
import { selectPlace } from './selection.ts'

/** Without −0, which sorting puts before 0. */
const few = fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => value + 0)
const values = fc.array(fc.oneof(few, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 200 })

describe('selectPlace', () => {
  it('puts at a place what sorting would, with nothing larger before it and nothing smaller after', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, any) => {
        const place = any % list.length
        const array = Float64Array.from(list)
        selectPlace(array, place)
        const sorted = Float64Array.from(list).sort()
        const chosen = array[place] ?? Number.NaN
        expect(chosen).toBe(sorted[place])
        expect(array.subarray(0, place).every((value) => value <= chosen)).toBe(true)
        expect(array.subarray(place).every((value) => value >= chosen)).toBe(true)
        expect([...array].sort((a, b) => a - b)).toEqual([...sorted])
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('quantile', () => {
  it('interpolates between its neighbours in order', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const sorted = [...list].sort((a, b) => a - b)
        const place = (list.length - 1) * share
        const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
        expect(quantile(list, share)).toBeCloseTo(low + (high - low) * (place - Math.floor(place)), 6)
      }),
    )
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, null])
  })
})

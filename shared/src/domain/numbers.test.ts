import { describe, expect, it } from 'vitest'
import { mean, median, quantile, rate } from './numbers.ts'

describe('rate', () => {
  it('is a fraction, null of nothing', () => {
    expect(rate(1, 4)).toBe(0.25)
    expect(rate(0, 4)).toBe(0)
    expect(rate(0, 0)).toBeNull()
  })
})

describe('mean', () => {
  it('divides the sum by the number', () => {
    expect(mean([1, 2, 6])).toBe(3)
    expect(mean([])).toBeNull()
  })
})

describe('median', () => {
  it('takes the middle value, interpolated between two', () => {
    expect(median([5])).toBe(5)
    expect(median([10, 1, 3])).toBe(3)
    expect(median([10, 1, 3, 4])).toBe(3.5)
    expect(median([2, 2])).toBe(2)
    expect(median([])).toBeNull()
  })

  it('leaves its input as it was', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('quantile', () => {
  it('interpolates between the nearest values', () => {
    // numpy.percentile([10, 20, 30, 40], [50, 95]) is 25 and 38.5
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25)
    expect(quantile([40, 10, 30, 20], 0.95)).toBeCloseTo(38.5, 12)
    expect(quantile([7], 0.95)).toBe(7)
    expect(quantile([], 0.5)).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import {
  assignVariant,
  newcombeInterval,
  sampleRatioMismatch,
  sampleSize,
  twoProportionTest,
  wilsonInterval,
} from './experiments.ts'

const nothing = { low: null, high: null }
const outcome = (successes: number, total: number) => ({ successes, total })

describe('twoProportionTest', () => {
  it.each([
    // The documentation of statsmodels' proportions_ztest, with its groups in our order.
    [outcome(5, 83), outcome(12, 99), 0.0609711573566995, 1.4078304151258787, 0.1591812918116],
    // Computed with 40 digits.
    [outcome(200, 1000), outcome(250, 1000), 0.05, 2.67739776300833, 0.007419649261025675],
    [outcome(0, 10), outcome(5, 10), 0.5, 2.58198889747161, 0.0098232745075],
  ])('of %j and %j agrees with the reference', (first, second, difference, z, pValue) => {
    const test = twoProportionTest(first, second)
    expect(test.difference).toBeCloseTo(difference, 14)
    expect(test.z).toBeCloseTo(z, 12)
    expect(test.pValue).toBeCloseTo(pValue, 12)
  })

  it('changes its sign alone where the groups are exchanged', () => {
    const there = twoProportionTest(outcome(5, 83), outcome(12, 99))
    const back = twoProportionTest(outcome(12, 99), outcome(5, 83))
    expect(back).toEqual({
      difference: -Number(there.difference),
      z: -Number(there.z),
      pValue: there.pValue,
    })
  })

  it('keeps the digits of a tail far out', () => {
    const test = twoProportionTest(outcome(400, 1000), outcome(600, 1000))
    expect(test.z).toBeCloseTo(8.944271909999159, 12)
    expect(Number(test.pValue) / 3.744097384202899e-19).toBeCloseTo(1, 10)
  })

  it('finds nothing where nobody or everybody succeeds', () => {
    expect(twoProportionTest(outcome(0, 10), outcome(0, 20))).toEqual({ difference: 0, z: 0, pValue: 1 })
    expect(twoProportionTest(outcome(10, 10), outcome(20, 20))).toEqual({ difference: 0, z: 0, pValue: 1 })
  })

  it('says nothing of a group of none', () => {
    const unknown = { difference: null, z: null, pValue: null }
    expect(twoProportionTest(outcome(0, 0), outcome(1, 2))).toEqual(unknown)
    expect(twoProportionTest(outcome(1, 2), outcome(0, 0))).toEqual(unknown)
  })
})

describe('wilsonInterval', () => {
  it.each([
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is the published one', (successes, total, low, high) => {
    const interval = wilsonInterval(successes, total)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('takes another confidence', () => {
    const interval = wilsonInterval(5, 10, 0.99)
    expect(interval.low).toBeCloseTo(0.1842255182472354, 12)
    expect(interval.high).toBeCloseTo(0.8157744817527646, 12)
  })

  it('ends at 0 and 1 exactly', () => {
    expect(wilsonInterval(0, 7).low).toBe(0)
    expect(wilsonInterval(7, 7).high).toBe(1)
    expect(wilsonInterval(10, 10).low).toBeCloseTo(0.7224672001371107, 12)
  })

  it('says nothing of nobody', () => {
    expect(wilsonInterval(0, 0)).toEqual(nothing)
  })
})

describe('newcombeInterval', () => {
  it.each([
    // Newcombe 1998, table II, method 10; there first − second.
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %i/%i less %i/%i is the published one', (a, n, b, m, low, high) => {
    const interval = newcombeInterval(outcome(b, m), outcome(a, n))
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('says nothing where one group is empty', () => {
    expect(newcombeInterval(outcome(0, 0), outcome(1, 2))).toEqual(nothing)
    expect(newcombeInterval(outcome(1, 2), outcome(0, 0))).toEqual(nothing)
  })
})

describe('sampleRatioMismatch', () => {
  it.each([
    // The documentation of scipy.stats.chisquare.
    [[16, 18, 16, 14, 12, 12], [1, 1, 1, 1, 1, 1], 2, 0.8491450360846096],
    [[16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8], 3.5, 0.6233876277495822],
    // Computed with 40 digits.
    [[5100, 4900], [50, 50], 4, 0.0455002638963584],
    [[50, 30, 20], [2, 1, 1], 2, 0.36787944117144],
  ])('of %j planned as %j agrees with the reference', (observed, weights, chi2, pValue) => {
    const check = sampleRatioMismatch(observed, weights)
    expect(check.chi2).toBeCloseTo(chi2, 12)
    expect(check.pValue).toBeCloseTo(pValue, 12)
  })

  it('keeps the digits of a tail far out', () => {
    const check = sampleRatioMismatch([6000, 4000], [1, 1])
    expect(check.chi2).toBe(400)
    expect(Number(check.pValue) / 5.507248237212467e-89).toBeCloseTo(1, 10)
    expect(sampleRatioMismatch([1e9, 0], [1, 1]).pValue).toBe(0)
  })

  it('leaves arms without a share out', () => {
    expect(sampleRatioMismatch([5100, 77, 4900], [1, 0, 1]).chi2).toBeCloseTo(4, 12)
  })

  it('has nothing to compare in one arm, and nothing to say of nobody', () => {
    expect(sampleRatioMismatch([9], [1])).toEqual({ chi2: 0, pValue: 1 })
    expect(sampleRatioMismatch([9, 3], [1, 0])).toEqual({ chi2: 0, pValue: 1 })
    expect(sampleRatioMismatch([0, 0], [1, 1])).toEqual({ chi2: null, pValue: null })
  })
})

describe('sampleSize', () => {
  it.each([
    // power.prop.test of R: n = 76.7 and 3840.8 in each group.
    [{ baseline: 0.5, effect: 0.25, power: 0.9 }, 77],
    [{ baseline: 0.1, effect: 0.02 }, 3841],
    // Computed with 40 digits: 6744.93, 2073.20 and 73.37.
    [{ baseline: 0.05, effect: -0.01 }, 6745],
    [{ baseline: 0.2, effect: 0.05, alpha: 0.01, power: 0.9 }, 2074],
    [{ baseline: 0, effect: 0.1 }, 74],
  ])('of %j is %i', (plan, people) => {
    expect(sampleSize(plan)).toBe(people)
  })

  it('refuses what no proportion can be', () => {
    expect(() => sampleSize({ baseline: 0.9, effect: 0.2 })).toThrow(RangeError)
    expect(() => sampleSize({ baseline: 0.1, effect: 0 })).toThrow(RangeError)
  })
})

describe('assignVariant', () => {
  const halves = [
    { name: 'control', share: 1 },
    { name: 'large', share: 1 },
  ]
  const people = Array.from({ length: 40_000 }, (_, index) => 1_000_000 + index)
  const counted = (key: string, variants: typeof halves) => {
    const counts = new Map<string, number>()
    for (const id of people) {
      const name = assignVariant(key, id, variants)
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return variants.map(({ name }) => counts.get(name) ?? 0)
  }

  it.each([
    // MurmurHash3 of `<key>:<id>` in another language, modulo 10,000.
    ['button', 1, 1779],
    ['button', 2, 9478],
    ['button', 3, 4172],
    ['кнопка', 42, 6162],
    ['price', 4_503_599_627_370_495, 4295],
  ])('puts %s:%i into bucket %i', (key, id, bucket) => {
    const edge = (share: number) => [
      { name: 'below', share },
      { name: 'above', share: 10_000 - share },
    ]
    expect(assignVariant(key, id, edge(bucket))).toBe('above')
    expect(assignVariant(key, id, edge(bucket + 1))).toBe('below')
    expect(assignVariant(key, String(id), edge(bucket + 1))).toBe('below')
  })

  it('gives the same person the same variant, whatever the sum of the shares', () => {
    const percent = halves.map(({ name }) => ({ name, share: 50 }))
    for (const id of people.slice(0, 500))
      expect(assignVariant('button', id, percent)).toBe(assignVariant('button', id, halves))
  })

  it('fills the variants as planned', () => {
    for (const key of ['button', 'price', 'кнопка']) {
      expect(sampleRatioMismatch(counted(key, halves), [1, 1]).pValue).toBeGreaterThan(0.001)
      const three = [
        { name: 'a', share: 0.2 },
        { name: 'b', share: 0.3 },
        { name: 'c', share: 0.5 },
      ]
      expect(sampleRatioMismatch(counted(key, three), [2, 3, 5]).pValue).toBeGreaterThan(0.001)
    }
  })

  it('puts people anew for another experiment', () => {
    const both = people.filter((id) => assignVariant('one', id, halves) === assignVariant('two', id, halves))
    const check = sampleRatioMismatch([both.length, people.length - both.length], [1, 1])
    expect(check.pValue).toBeGreaterThan(0.001)
  })

  it('gives nobody a variant without a share', () => {
    const off = [
      { name: 'control', share: 0 },
      { name: 'large', share: 3 },
    ]
    expect(counted('button', off)).toEqual([0, people.length])
    expect(() => assignVariant('button', 1, [{ name: 'control', share: 0 }])).toThrow(RangeError)
  })
})

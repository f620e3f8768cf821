import { describe, expect, it } from 'vitest'
import { tierOf } from './tiers.ts'

describe('tierOf', () => {
  it.each([
    [0, 0, 'new'],
    [2, 999, 'new'],
    [3, 0, 'regular'],
    [1, 1_000, 'regular'],
    [9, 4_999, 'regular'],
    [10, 0, 'vip'],
    [1, 5_000, 'vip'],
    [19, 9_999, 'vip'],
    [20, 0, 'premium'],
    [1, 10_000, 'premium'],
  ])('%i purchases worth %i cents make %s', (purchases, usdCents, tier) => {
    expect(tierOf({ purchases, usdCents })).toBe(tier)
  })

  it('takes other thresholds from settings', () => {
    const thresholds = {
      premium: { purchases: 4, usdCents: 400 },
      vip: { purchases: 3, usdCents: 300 },
      regular: { purchases: 1, usdCents: 100 },
    }
    expect(tierOf({ purchases: 1, usdCents: 13 }, thresholds)).toBe('regular')
    expect(tierOf({ purchases: 3, usdCents: 13 }, thresholds)).toBe('vip')
    expect(tierOf({ purchases: 1, usdCents: 400 }, thresholds)).toBe('premium')
  })
})

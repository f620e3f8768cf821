import { describe, expect, it } from 'vitest'
import { isRedeemed } from './promos.ts'

describe('isRedeemed', () => {
  it('takes the words for a code that worked, and credits that were given', () => {
    for (const result of ['redeemed', 'OK', 'success', 'accepted', 'applied'])
      expect(isRedeemed(result, 0)).toBe(true)
    expect(isRedeemed('bonus', 5)).toBe(true)
  })

  it('takes any other result for a refusal', () => {
    for (const result of ['expired', 'unknown', 'spent', '']) expect(isRedeemed(result, 0)).toBe(false)
  })
})

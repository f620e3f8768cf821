import { describe, expect, it } from 'vitest'
import { defaultMethod, lastEndOf, unpaidStatus } from './payment-state.ts'

const never = { preCheckoutAt: null, failedAt: null, cancelledAt: null, expiredAt: null }

describe('unpaidStatus', () => {
  it('is invoiced until something happens', () => {
    expect(unpaidStatus(never)).toBe('invoiced')
    expect(unpaidStatus({ ...never, preCheckoutAt: 5 })).toBe('pre_checkout')
    expect(unpaidStatus({ ...never, expiredAt: 5 })).toBe('expired')
  })

  it('is the later of two ends, failed where both are at one instant', () => {
    expect(unpaidStatus({ ...never, failedAt: 5, cancelledAt: 6 })).toBe('cancelled')
    expect(unpaidStatus({ ...never, failedAt: 6, cancelledAt: 5 })).toBe('failed')
    expect(unpaidStatus({ ...never, failedAt: 5, cancelledAt: 5 })).toBe('failed')
  })

  it('is pre_checkout again for who tries again', () => {
    expect(unpaidStatus({ ...never, failedAt: 5, preCheckoutAt: 6 })).toBe('pre_checkout')
    expect(unpaidStatus({ ...never, expiredAt: 5, preCheckoutAt: 6 })).toBe('pre_checkout')
    expect(unpaidStatus({ ...never, expiredAt: 6, preCheckoutAt: 5 })).toBe('expired')
  })

  it('does not expire what has ended', () => {
    expect(unpaidStatus({ ...never, cancelledAt: 5, expiredAt: 6 })).toBe('cancelled')
  })
})

describe('lastEndOf', () => {
  it('is the later of failed and cancelled, whichever there are', () => {
    expect(lastEndOf(never)).toBeNull()
    expect(lastEndOf({ ...never, failedAt: 3 })).toBe(3)
    expect(lastEndOf({ ...never, failedAt: 3, cancelledAt: 4 })).toBe(4)
  })
})

describe('defaultMethod', () => {
  it('is Stars for Stars and a provider for the rest', () => {
    expect([defaultMethod('XTR'), defaultMethod('EUR')]).toEqual(['stars', 'provider'])
  })
})

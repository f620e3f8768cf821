import { describe, expect, it } from 'vitest'
import { creditFlowOf } from './credit-flow.ts'

describe('creditFlowOf', () => {
  it('tells gifts from what comes back, and use from what is taken back', () => {
    expect(creditFlowOf(3, 'welcome')).toBe('granted')
    expect(creditFlowOf(1, 'generation_failed')).toBe('returned')
    expect(creditFlowOf(-1, 'generation')).toBe('spent')
    expect(creditFlowOf(-10, 'refund')).toBe('revoked')
  })

  it('takes the reasons of other senders by their sign', () => {
    expect(creditFlowOf(5, 'reported')).toBe('granted')
    expect(creditFlowOf(-5, 'reported')).toBe('spent')
    expect(creditFlowOf(0, 'reported')).toBeNull()
  })
})

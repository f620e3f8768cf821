import { describe, expect, it } from 'vitest'
import {
  checkEventProps,
  columnsOf,
  isActivity,
  isEventType,
  isServerOnly,
  propertyFault,
  trackingPlan,
} from './tracking-plan.ts'

const payment = { packageId: 'pkg_50', amount: 250, currency: 'XTR', chargeId: 'ch_1' }

describe('trackingPlan', () => {
  it('marks as activity what the person did', () => {
    const activity = Object.entries(trackingPlan).filter(([, plan]) => plan.activity)
    expect(activity.map(([type]) => type)).toEqual([
      'started',
      'message_received',
      'command_used',
      'category_browsed',
      'effect_viewed',
      'generation_requested',
      'generation_succeeded',
      'generation_failed',
      'store_viewed',
      'invoice_sent',
      'payment_completed',
      'payment_cancelled',
      'promo_entered',
      'referral_viewed',
      'share_clicked',
      'ad_clicked',
    ])
  })

  it('keeps two types for the server alone', () => {
    expect(Object.keys(trackingPlan).filter(isServerOnly)).toEqual(['audience_changed', 'user_created'])
    expect(isServerOnly('my_event')).toBe(false)
  })

  it('does not take names of object methods for types', () => {
    expect(isEventType('started')).toBe(true)
    expect(isEventType('constructor')).toBe(false)
    expect(checkEventProps('toString', {})).toBeNull()
  })
})

describe('isActivity', () => {
  it('follows the plan, and takes custom types for activity', () => {
    expect(isActivity('started', {})).toBe(true)
    expect(isActivity('message_sent', {})).toBe(false)
    expect(isActivity('quiz_finished', {})).toBe(true)
    expect(isActivity('constructor', {})).toBe(true)
  })

  it('leaves out recurring payments', () => {
    expect(isActivity('payment_completed', payment)).toBe(true)
    expect(isActivity('payment_completed', { ...payment, recurring: false })).toBe(true)
    expect(isActivity('payment_completed', { ...payment, recurring: true })).toBe(false)
    expect(isActivity('invoice_sent', { recurring: true })).toBe(true)
  })
})

describe('checkEventProps', () => {
  it('passes events that carry what they must', () => {
    expect(checkEventProps('payment_completed', payment)).toBeNull()
    expect(checkEventProps('payment_completed', { ...payment, amount: 0, extra: { nested: [1] } })).toBeNull()
    expect(checkEventProps('started', {})).toBeNull()
    expect(checkEventProps('quiz_finished', { score: 'high' })).toBeNull()
    expect(checkEventProps('credits_changed', { delta: -3, balance: 0, reason: 'spent' })).toBeNull()
  })

  it('names the required property that is missing, null included', () => {
    expect(checkEventProps('command_used', {})).toBe('props.command is required')
    expect(checkEventProps('payment_refunded', { chargeId: null })).toBe('props.chargeId is required')
    expect(checkEventProps('payment_completed', { ...payment, chargeId: undefined })).toContain(
      'props.chargeId',
    )
  })

  it.each([
    ['packageId', ''],
    ['packageId', 50],
    ['amount', -1],
    ['amount', 2.5],
    ['amount', '250'],
    ['amount', 2 ** 53],
    ['amount', Number.NaN],
    ['currency', 'xtr'],
    ['currency', 'ZZZ'],
    ['chargeId', ['ch_1']],
  ])('refuses a payment with %s = %j', (name, value) => {
    expect(checkEventProps('payment_completed', { ...payment, [name]: value })).toContain(
      `props.${name} must be`,
    )
  })

  it('refuses an error type that is not listed', () => {
    expect(checkEventProps('generation_failed', { effectId: 'fx', errorType: 'timeout' })).toBeNull()
    expect(checkEventProps('generation_failed', { effectId: 'fx', errorType: 'oops' })).toBe(
      'props.errorType must be one of timeout, safety_block, invalid_image, provider_error',
    )
  })

  it('keeps optional properties as they came', () => {
    expect(checkEventProps('generation_requested', { effectId: 'fx', credits: 'many' })).toBeNull()
  })
})

describe('columnsOf', () => {
  it('names properties that the type declares, and none of a custom type', () => {
    expect(columnsOf('effect_viewed')).toEqual(['effectId'])
    expect(columnsOf('started')).toEqual([])
    expect(columnsOf('own type')).toEqual([])
    for (const [type, { required, optional }] of Object.entries(trackingPlan))
      for (const key of columnsOf(type))
        expect([...Object.keys(required), ...Object.keys(optional)]).toContain(key)
  })
})

describe('propertyFault', () => {
  it('tells each kind from what is not of it', () => {
    expect(propertyFault(1.5, 'number')).toBeNull()
    expect(propertyFault(-0.1, 'number')).toBe('must be a number from 0')
    expect(propertyFault('true', 'boolean')).toBe('must be true or false')
    expect(propertyFault('2026-03-01T00:00:00Z', 'instant')).toBeNull()
    expect(propertyFault('soon', 'instant')).toBe('must be an instant in ISO 8601')
    expect(propertyFault(0.5, 'integer')).toBe('must be an integer')
  })
})

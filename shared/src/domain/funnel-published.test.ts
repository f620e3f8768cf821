import { describe, expect, it } from 'vitest'
import type { Step } from './conditions.ts'
import { matchFunnel } from './funnel.ts'
import type { FunnelOptions } from './funnel-definition.ts'

/*
 * Cases that other products and databases publish for their own funnels, as far as their rules are ours: ClickHouse's
 * `windowFunnel`, and what users of PostHog and Umami found wrong there.
 */

/** Events of one person as `time type`, seconds; steps as types, several of one step with a stroke between them. */
function reached(events: string, steps: string, options: Partial<FunnelOptions> = {}): number {
  const history = events.split(', ').map((pair) => {
    const [at = '', type = ''] = pair.split(' ')
    return { at: Number(at) * 1000, type, props: {}, activity: true }
  })
  const asked: Step[] = steps.split(' ').map((types) => ({ event: types.split('|') }))
  const defaults = { order: 'ordered', windowMs: 10_000_000, from: 0, to: 1e9, now: 1e12 } as const
  return matchFunnel(history, { steps: asked, ...defaults, ...options })?.reached ?? 0
}

const window = (seconds: number) => ({ windowMs: seconds * 1000 })
const strict = { order: 'strict' } as const
const unordered = { order: 'unordered' } as const

describe('windowFunnel', () => {
  const line = '0 e0, 1 e1, 2 e2, 3 e3, 4 e4, 5 e5, 6 e6, 7 e7, 8 e8'

  it('counts the steps of the longest chain', () => {
    expect(reached(line, 'e0 e1')).toBe(2)
    expect(reached(line, 'e0 e1 e2')).toBe(3)
    expect(reached(line, 'e0 e1 e2 e8')).toBe(4)
    expect(reached(line, 'e8 e1')).toBe(1)
  })

  it('ends a chain with its window, far edge inside', () => {
    const five = 'e3 e4 e5 e6 e7'
    expect([2, 3, 4].map((seconds) => reached(line, five, window(seconds)))).toEqual([3, 4, 5])
  })

  it('fills steps that overlap by different events', () => {
    const upTo7 = 'e1|e2|e3|e4|e5|e6|e7'
    const from2 = 'e2|e3|e4|e5|e6|e7|e8'
    const from4 = 'e4|e5|e6|e7|e8'
    expect(reached(line, `${upTo7} ${from2} e1|e2|e3|e4|e5|e6 ${from4}`, window(4))).toBe(4)
  })

  it('in strict order stops at the first event out of order', () => {
    expect(reached('1 a, 2 b, 3 c', 'a b c', strict)).toBe(3)
    expect(reached('1 a, 2 d, 3 b, 4 c', 'a b c', strict)).toBe(1)
    expect(reached('1 a, 2 a, 3 b, 4 b, 5 c, 6 c', 'a b c', strict)).toBe(2)
    expect(reached('1 c, 2 c, 3 b, 4 b, 5 a, 6 a', 'a b c', strict)).toBe(1)
    expect(reached('1 a, 2 c, 3 b', 'a b c', strict)).toBe(1)
  })

  it('takes repeated events without order for a chain', () => {
    expect(reached('1 a, 2 a, 3 b, 4 b, 5 c, 6 c', 'a b c')).toBe(3)
    expect(reached('1 a, 2 d, 3 b, 4 c', 'a b c')).toBe(3)
    expect(reached('1 c, 2 c, 3 b, 4 b, 5 a, 6 a', 'a b c')).toBe(1)
  })

  it('lets steps of one second follow one another, but fills no three with one event', () => {
    expect(reached('0 e0, 1 e1, 1 e2, 1 e3, 2 e4', 'e0 e1 e2 e3 e4')).toBe(5)
    expect(reached('0 e0, 1 e3, 1 e2, 1 e1, 2 e4', 'e0 e1 e2 e3 e4')).toBe(5)
    expect(reached('2 e4', 'e4 e4 e4')).toBe(1)
    expect(reached('2 e4, 2 e4, 2 e4', 'e4 e4 e4')).toBe(3)
  })
})

describe('funnels of other products', () => {
  it('begin anew at a later first step where the earlier window is over', () => {
    expect(reached('0 signup, 20 signup, 25 pay', 'signup pay', window(10))).toBe(2)
  })

  it('measure the window from the first step, not from the one before', () => {
    expect(reached('0 signup, 8 view, 16 pay', 'signup view pay', window(10))).toBe(2)
  })

  it('keep the earlier chain when the first step comes again in between', () => {
    expect(reached('0 signup, 1 view, 2 signup, 3 pay', 'signup view pay')).toBe(3)
    expect(reached('0 signup, 1 view, 2 signup, 3 pay', 'signup view pay', strict)).toBe(2)
  })

  it('need two events for two equal steps, in every order', () => {
    expect(reached('0 view', 'view view', unordered)).toBe(1)
    expect(reached('0 view, 1 view', 'view view', unordered)).toBe(2)
    expect(reached('0 view, 1 view', 'view view', strict)).toBe(2)
  })

  it('take steps in any order inside one window', () => {
    expect(reached('0 pay, 1 signup, 2 view', 'signup view pay', unordered)).toBe(3)
    expect(reached('0 pay, 9 signup, 15 view', 'signup view pay', { ...unordered, ...window(10) })).toBe(2)
    expect(
      reached('0 pay, 9 signup, 15 view, 17 pay', 'signup view pay', { ...unordered, ...window(10) }),
    ).toBe(3)
  })

  it('leave out who did what is excluded between the steps, and nobody else', () => {
    const exclusions = [{ event: 'cancel', fromStep: 0, toStep: 1 }]
    expect(reached('0 signup, 1 cancel, 2 pay', 'signup pay', { exclusions })).toBe(0)
    expect(reached('0 cancel, 1 signup, 2 pay, 3 cancel', 'signup pay', { exclusions })).toBe(2)
    expect(reached('0 signup, 1 cancel, 2 signup, 3 pay', 'signup pay', { exclusions })).toBe(2)
    expect(reached('0 signup, 12 cancel', 'signup pay', { exclusions, ...window(10) })).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import { FunnelParams, FunnelPeopleParams } from './funnel.ts'

const plain = {
  from: '2026-03-01',
  to: '2026-03-31',
  steps: [{ event: 'a' }, { event: 'b' }, { event: null }],
}

/** The fields at fault, as `a.b message`; none where the request is right. */
function faults(schema: typeof FunnelParams | typeof FunnelPeopleParams, more: object): string[] {
  const { error } = schema.safeParse({ ...plain, ...more })
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`)
}

const exclusion = (fromStep?: number, toStep?: number) => ({ exclusions: [{ event: 'x', fromStep, toStep }] })

describe('FunnelParams', () => {
  it('has the defaults of the contract', () => {
    expect(FunnelParams.parse(plain)).toEqual({
      ...plain,
      order: 'ordered',
      window: { value: 7, unit: 'day' },
      report: 'steps',
    })
    const { breakdown } = FunnelParams.parse({ ...plain, breakdown: { scope: 'user', key: 'source' } })
    expect(breakdown?.limit).toBe(10)
  })

  it('takes 2 to 10 steps, none of them empty', () => {
    const steps = (count: number) => ({ steps: Array.from({ length: count }, () => ({ event: 'a' })) })
    expect(faults(FunnelParams, steps(10))).toEqual([])
    expect(faults(FunnelParams, steps(1))[0]).toMatch(/^steps /)
    expect(faults(FunnelParams, steps(11))).toHaveLength(1)
    expect(faults(FunnelParams, { steps: [{ event: [] }, { event: 'b' }] })).toHaveLength(1)
    expect(faults(FunnelParams, { steps: [{ event: [null] }, { event: 'b' }] })).toHaveLength(1)
  })

  it('takes windows of 1 second to 365 days', () => {
    const window = (value: number, unit: string) => faults(FunnelParams, { window: { value, unit } })
    expect([window(1, 'second'), window(365, 'day'), window(12, 'month'), window(52, 'week')]).toEqual([
      [],
      [],
      [],
      [],
    ])
    for (const wrong of [window(0.5, 'second'), window(0, 'day'), window(366, 'day'), window(13, 'month')])
      expect(wrong[0]).toMatch(/^window/)
  })

  it('orders the steps of exclusions and of a trend', () => {
    expect(faults(FunnelParams, exclusion())).toEqual([])
    expect(faults(FunnelParams, exclusion(1, 2))).toEqual([])
    expect(faults(FunnelParams, exclusion(1, 1))).toEqual([
      'exclusions.0.fromStep fromStep must come before toStep',
    ])
    expect(faults(FunnelParams, exclusion(2))).toEqual([
      'exclusions.0.fromStep fromStep must come before toStep',
    ])
    expect(faults(FunnelParams, exclusion(0, 3))).toEqual(['exclusions.0.toStep no such step'])
    expect(faults(FunnelParams, { report: 'trend', fromStep: 1 })).toEqual([])
    expect(faults(FunnelParams, { report: 'trend', fromStep: 2 })).toEqual([
      'fromStep fromStep must come before toStep',
    ])
    expect(faults(FunnelParams, { report: 'trend', toStep: 3 })).toEqual(['toStep no such step'])
    const many = { exclusions: Array.from({ length: 11 }, () => ({ event: 'x' })) }
    expect(faults(FunnelParams, many)).toHaveLength(1)
  })

  it('breaks down the steps alone', () => {
    const breakdown = { scope: 'event', key: 'plan', limit: 3 }
    expect(faults(FunnelParams, { breakdown })).toEqual([])
    expect(faults(FunnelParams, { breakdown, report: 'trend' })).toEqual([
      'breakdown a trend has no breakdown',
    ])
    expect(faults(FunnelParams, { breakdown: { ...breakdown, limit: 0 } })).toHaveLength(1)
  })
})

describe('FunnelPeopleParams', () => {
  const breakdown = { scope: 'user', key: 'language' }

  it('asks for a step, and at the first one for who reached it', () => {
    expect(faults(FunnelPeopleParams, { step: 2, which: 'lost' })).toEqual([])
    expect(faults(FunnelPeopleParams, { step: 0 })).toEqual([])
    expect(faults(FunnelPeopleParams, {})).toEqual(['step which step?'])
    expect(faults(FunnelPeopleParams, { step: 3 })).toEqual(['step no such step'])
    expect(faults(FunnelPeopleParams, { step: 0, which: 'open' })).toEqual(['which at step 0 only "reached"'])
    expect(faults(FunnelPeopleParams, { step: 1, which: 'entered' })).toEqual(['which reached, lost or open'])
    expect(faults(FunnelPeopleParams, { step: 1, start: '2026-03-01' })).toEqual([
      'start only a trend has points',
    ])
  })

  it('asks for a row of a breakdown where there is one', () => {
    expect(faults(FunnelPeopleParams, { step: 1, breakdown, breakdownValue: null })).toEqual([])
    expect(faults(FunnelPeopleParams, { step: 1, breakdown, other: true })).toEqual([])
    expect(faults(FunnelPeopleParams, { step: 1, breakdownValue: 'en' })).toEqual([
      'breakdownValue there is no breakdown',
    ])
    expect(faults(FunnelPeopleParams, { step: 1, other: true })).toEqual(['other there is no breakdown'])
    expect(faults(FunnelPeopleParams, { step: 1, breakdown, other: true, breakdownValue: 'en' })).toEqual([
      'other a value or the others, not both',
    ])
  })

  it('asks for a point of a trend', () => {
    const trend = { report: 'trend', start: '2026-03-01' }
    expect(faults(FunnelPeopleParams, trend)).toEqual([])
    expect(faults(FunnelPeopleParams, { ...trend, which: 'converted' })).toEqual([])
    expect(faults(FunnelPeopleParams, { report: 'trend' })).toEqual(['start which point?'])
    expect(faults(FunnelPeopleParams, { ...trend, which: 'lost' })).toEqual(['which entered or converted'])
    expect(faults(FunnelPeopleParams, { ...trend, step: 1 })).toEqual(['step a trend is asked by start'])
    expect(faults(FunnelPeopleParams, { ...trend, other: true })).toEqual([
      'breakdownValue a trend has no breakdown',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import {
  defaultSegmentThresholds,
  isSegmentName,
  segmentConditions,
  segmentNames,
  segmentsOf,
} from './segments.ts'

const fields = {
  daysSinceFirstSeen: 100,
  daysSinceActive: 10,
  purchases: 0,
  credits: null,
  generations: 0,
  blocked: false,
}

const segmentsWith = (
  known: Partial<Record<keyof typeof fields, unknown>>,
  thresholds = defaultSegmentThresholds,
) => {
  const person: Record<string, unknown> = { ...fields, ...known }
  return segmentsOf((key) => person[key], thresholds)
}

describe('segmentNames', () => {
  it('lists the eight in order', () => {
    expect(segmentNames).toEqual([
      'new',
      'active_free',
      'exhausted_free',
      'paying',
      'churned',
      'power',
      'at_risk',
      'blocked',
    ])
    expect(isSegmentName('at_risk')).toBe(true)
    expect(isSegmentName('valueOf')).toBe(false)
  })
})

describe('segmentsOf', () => {
  it.each([
    [{}, []],
    [{ daysSinceFirstSeen: 6 }, ['new']],
    [{ daysSinceFirstSeen: 7 }, []],
    [{ daysSinceFirstSeen: null, daysSinceActive: null }, []],
    [{ daysSinceActive: 6, credits: 1 }, ['active_free']],
    [{ daysSinceActive: 7, credits: 1 }, []],
    [{ daysSinceActive: 0, credits: 1, purchases: 1 }, ['paying']],
    [{ daysSinceActive: 0 }, []],
    [{ credits: 0 }, ['exhausted_free']],
    [{ credits: 0, purchases: 2 }, ['paying']],
    [{ daysSinceActive: 30 }, []],
    [{ daysSinceActive: 31 }, ['churned']],
    [{ purchases: 1, daysSinceActive: 13 }, ['paying']],
    [{ purchases: 1, daysSinceActive: 14 }, ['paying', 'at_risk']],
    [{ purchases: 1, daysSinceActive: 30 }, ['paying', 'at_risk']],
    [{ purchases: 1, daysSinceActive: 31 }, ['paying', 'churned']],
    [{ generations: 9 }, []],
    [{ generations: 10 }, ['power']],
    [{ blocked: true }, ['blocked']],
  ])('finds for %j %j', (known, expected) => {
    expect(segmentsWith(known)).toEqual(expected)
  })

  it('takes thresholds from settings', () => {
    const thresholds = { ...defaultSegmentThresholds, churnedDays: 20, powerGenerations: 2 }
    expect(segmentsWith({ daysSinceActive: 21, generations: 2 }, thresholds)).toEqual(['churned', 'power'])
  })
})

describe('segmentConditions', () => {
  it('is data that lists and stats can ask for', () => {
    expect(segmentConditions('at_risk')).toEqual([
      { scope: 'user', key: 'purchases', op: 'ge', value: 1 },
      { scope: 'user', key: 'daysSinceActive', op: 'ge', value: 14 },
      { scope: 'user', key: 'daysSinceActive', op: 'le', value: 30 },
    ])
  })
})

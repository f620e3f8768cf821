import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentFlags, segmentsOfFlags, tierOfFlags } from './segment-flags.ts'
import { segmentsOf, defaultSegmentThresholds as thresholds } from './segments.ts'
import { tiers } from './tiers.ts'

const person = fc.record({
  purchases: fc.nat(2),
  generations: fc.integer({ min: 8, max: 12 }),
  credits: fc.option(fc.nat(2)),
  blockedAt: fc.option(fc.constant(5)),
  tier: fc.constantFrom(...tiers),
  daysSinceActive: fc.option(fc.integer({ min: -1, max: 33 })),
})

describe('segmentsOfFlags', () => {
  it('says of anybody what the conditions of the segments say', () => {
    fc.assert(
      fc.property(person, ({ daysSinceActive, ...facts }) => {
        const fields: Record<string, unknown> = {
          ...facts,
          blocked: facts.blockedAt !== null,
          daysSinceActive,
        }
        const flags = segmentFlags(facts)
        expect(segmentsOfFlags({ flags, daysSinceActive }, thresholds)).toEqual(
          segmentsOf((key) => fields[key] ?? undefined),
        )
        expect(tierOfFlags(flags)).toBe(facts.tier)
      }),
    )
  })

  it('fits into a byte', () => {
    const most = { purchases: 1, generations: 10, credits: 1, blockedAt: 1, tier: 'premium' }
    expect(segmentFlags(most)).toBeLessThan(256)
  })
})

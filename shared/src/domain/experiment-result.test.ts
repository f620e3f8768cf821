import { describe, expect, it } from 'vitest'
import { type Arm, experimentResult } from './experiment-result.ts'

const arm = (exposed: number, converted: number, more: Partial<Arm> = {}): Arm => ({
  share: 1,
  exposed,
  converted,
  assigned: exposed,
  ...more,
})
const nothing = { low: null, high: null }

describe('experimentResult', () => {
  it('shows rates, differences and a verdict once the sample is reached', () => {
    const { arms, sampleRatio, sampleReached } = experimentResult([arm(1000, 200), arm(1000, 250)], 1000)
    expect(sampleReached).toBe(true)
    expect(sampleRatio).toEqual({ chi2: 0, pValue: 1, alarm: false })
    expect(arms[0]).toMatchObject({ rate: 0.2, difference: null, pValue: null, verdict: null })
    expect(arms[1]).toMatchObject({ rate: 0.25, verdict: 'higher' })
    expect(arms[1]?.difference).toBeCloseTo(0.05, 12)
    expect(arms[1]?.pValue).toBeCloseTo(0.007419649261, 10)
    // Wilson's formula by hand: (0.2 + 0.00192 ± 1.96 √(0.00016 + 9.6e−7)) ÷ 1.00384
    expect(arms[0]?.interval.low).toBeCloseTo(0.1764, 4)
    expect(arms[0]?.interval.high).toBeCloseTo(0.2259, 4)
    expect(arms[1]?.differenceInterval.low).toBeCloseTo(0.0134, 3)
    expect(arms[1]?.differenceInterval.high).toBeCloseTo(0.0865, 3)
  })

  it('calls less what is less, and no difference what may be chance', () => {
    const { arms } = experimentResult([arm(1000, 250), arm(1000, 200), arm(1000, 255)], 1000)
    expect(arms.map(({ verdict }) => verdict)).toEqual([null, 'lower', 'no_difference'])
  })

  it('keeps the verdict back until every arm with a share has the planned sample', () => {
    const few = experimentResult([arm(1000, 200), arm(999, 250)], 1000)
    expect([few.sampleReached, few.arms[1]?.verdict]).toEqual([false, null])
    expect(few.arms[1]?.pValue).toBeLessThan(0.05)
    const closed = experimentResult([arm(1000, 200), arm(1000, 250), arm(40, 3, { share: 0 })], 1000)
    expect([closed.sampleReached, closed.arms[1]?.verdict]).toEqual([true, 'higher'])
  })

  it('shows counts alone below 30 people', () => {
    const { arms } = experimentResult([arm(29, 10), arm(30, 12)], 1000)
    expect(arms[0]).toMatchObject({ rate: null, interval: nothing })
    expect(arms[1]).toMatchObject({ rate: 0.4, difference: null, differenceInterval: nothing, pValue: null })
  })

  it('raises the alarm below p = 0.001, and then gives no verdict', () => {
    // χ² = 2 · 100² ÷ 1000 = 20: p = 7.7e−6
    const { sampleRatio, arms } = experimentResult([arm(1100, 200), arm(900, 250)], 500)
    expect(sampleRatio.chi2).toBeCloseTo(20, 10)
    expect([sampleRatio.alarm, arms[1]?.verdict]).toEqual([true, null])
    // χ² = 2 · 70² ÷ 1000 = 9.8: p = 0.0017
    expect(experimentResult([arm(1070, 200), arm(930, 250)], 500).sampleRatio.alarm).toBe(false)
  })

  it('checks the ratio of those whom the present shares assigned', () => {
    const { sampleRatio } = experimentResult(
      [arm(1500, 1, { assigned: 500 }), arm(500, 1, { assigned: 500 })],
      1,
    )
    expect(sampleRatio).toEqual({ chi2: 0, pValue: 1, alarm: false })
  })

  it('has nothing to say of nobody', () => {
    const { arms, sampleRatio } = experimentResult([arm(0, 0), arm(0, 0)], 1)
    expect(sampleRatio).toEqual({ chi2: null, pValue: null, alarm: false })
    expect(arms.map(({ rate }) => rate)).toEqual([null, null])
  })
})

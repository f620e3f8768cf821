import {
  type Interval,
  newcombeInterval,
  type RatioCheck,
  sampleRatioMismatch,
  twoProportionTest,
  wilsonInterval,
} from './experiments.ts'

/** What was counted of one variant; the first of an experiment is its control. */
export type Arm = {
  share: number
  exposed: number
  converted: number
  /** Of `exposed`, those whom the present shares assigned. */
  assigned: number
}

export type Verdict = 'higher' | 'lower' | 'no_difference'

export type ArmResult = {
  rate: number | null
  interval: Interval
  difference: number | null
  differenceInterval: Interval
  pValue: number | null
  verdict: Verdict | null
}

/** A variant with fewer exposed people shows counts alone. */
export const fewestExposed = 30
/** Arms that differ from their shares by less likely a chance than this are no chance. */
export const mismatchBelow = 0.001
const significance = 0.05

const unknown: Interval = { low: null, high: null }
const enough = ({ exposed }: Arm) => exposed >= fewestExposed
const outcome = ({ converted, exposed }: Arm) => ({ successes: converted, total: exposed })

function verdictOf(difference: number | null, pValue: number | null): Verdict | null {
  if (difference === null || pValue === null) return null
  if (pValue >= significance) return 'no_difference'
  return difference > 0 ? 'higher' : 'lower'
}

function resultOf(arm: Arm, control: Arm | undefined, decided: boolean): ArmResult {
  const own = enough(arm)
    ? { rate: arm.converted / arm.exposed, interval: wilsonInterval(arm.converted, arm.exposed) }
    : { rate: null, interval: unknown }
  if (!control || arm === control || !enough(arm) || !enough(control))
    return { ...own, difference: null, differenceInterval: unknown, pValue: null, verdict: null }
  const { difference, pValue } = twoProportionTest(outcome(control), outcome(arm))
  return {
    ...own,
    difference,
    differenceInterval: newcombeInterval(outcome(control), outcome(arm)),
    pValue,
    verdict: decided ? verdictOf(difference, pValue) : null,
  }
}

/**
 * What an experiment has shown. Rates have their Wilson interval, differences to the control Newcombe's and the p-value of
 * the two-sided test (95 %). A verdict at p < 0.05 is given once every variant with a share has the planned sample, so
 * that nobody stops at the first lucky day, and never while the sample ratio raises its alarm.
 */
export function experimentResult(
  arms: readonly Arm[],
  sampleSize: number,
): { arms: ArmResult[]; sampleRatio: RatioCheck & { alarm: boolean }; sampleReached: boolean } {
  const ratio = sampleRatioMismatch(
    arms.map(({ assigned }) => assigned),
    arms.map(({ share }) => share),
  )
  const alarm = ratio.pValue !== null && ratio.pValue < mismatchBelow
  const sampleReached = arms.every(({ share, exposed }) => share === 0 || exposed >= sampleSize)
  const decided = sampleReached && !alarm
  return {
    arms: arms.map((arm) => resultOf(arm, arms[0], decided)),
    sampleRatio: { ...ratio, alarm },
    sampleReached,
  }
}

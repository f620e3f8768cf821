import gammainc from '@stdlib/math-base-special-gammainc'
import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { murmurHash } from './murmur-hash.ts'

/** How many of so many did something. */
export type Outcome = { successes: number; total: number }

/** Both ends null where there is nothing to tell from. */
export type Interval = { low: number; high: number } | { low: null; high: null }

export type ProportionTest =
  | { difference: number; z: number; pValue: number }
  | { difference: null; z: null; pValue: null }

export type RatioCheck = { chi2: number; pValue: number } | { chi2: null; pValue: null }

/** One arm of an experiment; shares are weights, of whatever sum. */
export type Variant = { name: string; share: number }

/** Both tails beyond |z|: of the lower one, so that no digits of a small value cancel. */
const twoTails = (z: number) => 2 * normalCdf(-Math.abs(z), 0, 1)

/** The quantile that leaves half of 1 − confidence above it. */
const criticalZ = (confidence: number) => -normalQuantile((1 - confidence) / 2, 0, 1)

/**
 * Two-sided z-test for the difference of two proportions, second − first, with the pooled proportion as the variance
 * under "no difference". A total of 0 gives nulls; a pooled proportion of 0 or 1 has no variance: z 0, p 1.
 * Source: Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions, 3rd ed., §3.
 */
export function twoProportionTest(first: Outcome, second: Outcome): ProportionTest {
  if (first.total === 0 || second.total === 0) return { difference: null, z: null, pValue: null }
  const difference = second.successes / second.total - first.successes / first.total
  const pooled = (first.successes + second.successes) / (first.total + second.total)
  if (pooled <= 0 || pooled >= 1) return { difference, z: 0, pValue: 1 }
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / first.total + 1 / second.total))
  return { difference, z, pValue: twoTails(z) }
}

/**
 * The score interval of a proportion, without continuity correction. A total of 0 gives nulls.
 * Source: Wilson 1927; Newcombe, Statistics in Medicine 17 (1998) 857, method 3.
 */
export function wilsonInterval(successes: number, total: number, confidence = 0.95): Interval {
  if (total === 0) return { low: null, high: null }
  const z = criticalZ(confidence)
  const share = successes / total
  const centre = share + z ** 2 / (2 * total)
  const half = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2))
  const scale = 1 + z ** 2 / total
  // The ends of 0 and of all are exact; rounding would leave crumbs beside them.
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === total ? 1 : (centre + half) / scale,
  }
}

/**
 * The hybrid score interval of the difference of two proportions, second − first, from the Wilson interval of each. A
 * total of 0 gives nulls. Source: Newcombe, Statistics in Medicine 17 (1998) 873, method 10.
 */
export function newcombeInterval(first: Outcome, second: Outcome, confidence = 0.95): Interval {
  const a = wilsonInterval(first.successes, first.total, confidence)
  const b = wilsonInterval(second.successes, second.total, confidence)
  if (a.low === null || b.low === null) return { low: null, high: null }
  const shareA = first.successes / first.total
  const shareB = second.successes / second.total
  const difference = shareB - shareA
  return {
    low: difference - Math.hypot(shareB - b.low, a.high - shareA),
    high: difference + Math.hypot(b.high - shareB, shareA - a.low),
  }
}

/**
 * Pearson's χ² of the people observed in each arm against the planned weights: a small p-value says that people are missing
 * from an arm, and no result of the experiment can be trusted. Arms of weight 0 are left out; of one arm χ² is 0 and p 1.
 * Nobody observed gives nulls. The p-value is the upper regularised gamma function itself: 1 − cdf would cancel.
 */
export function sampleRatioMismatch(observed: readonly number[], weights: readonly number[]): RatioCheck {
  const arms = observed
    .map((people, arm) => ({ people, weight: weights[arm] ?? 0 }))
    .filter(({ weight }) => weight > 0)
  if (arms.length === 1) return { chi2: 0, pValue: 1 }
  const people = arms.reduce((sum, arm) => sum + arm.people, 0)
  const weight = arms.reduce((sum, arm) => sum + arm.weight, 0)
  if (people === 0) return { chi2: null, pValue: null }
  const chi2 = arms.reduce((sum, arm) => {
    const expected = (people * arm.weight) / weight
    return sum + (arm.people - expected) ** 2 / expected
  }, 0)
  return { chi2, pValue: gammainc(chi2 / 2, (arms.length - 1) / 2, true, true) }
}

/**
 * People each variant needs for a two-sided test at level `alpha` to find an absolute change of `effect` from `baseline`
 * with probability `power`. Throws RangeError where baseline or baseline + effect is no proportion, or the effect is 0.
 * Source: Fleiss, Levin, Paik, eq. 4.14; `power.prop.test` of R.
 */
export function sampleSize(plan: {
  baseline: number
  effect: number
  alpha?: number | undefined
  power?: number | undefined
}): number {
  const { baseline: p1, effect, alpha = 0.05, power = 0.8 } = plan
  const p2 = p1 + effect
  if (!(p1 >= 0 && p1 <= 1 && p2 >= 0 && p2 <= 1)) throw new RangeError('a proportion lies between 0 and 1')
  if (effect === 0) throw new RangeError('no number of people shows an effect of 0')
  const mean = (p1 + p2) / 2
  const chance = criticalZ(1 - alpha) * Math.sqrt(2 * mean * (1 - mean))
  const spread = normalQuantile(power, 0, 1) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
  return Math.ceil((chance + spread) ** 2 / effect ** 2)
}

const buckets = 10_000

/**
 * The variant of a person: MurmurHash3 (x86, 32 bit, seed 0) of the UTF-8 text `<key>:<userId>`, modulo 10,000, is the
 * bucket; the variants take the buckets from 0 up in the order given, each its share of the sum. Deterministic: any
 * program that knows key, id and shares comes to the same. Throws RangeError where no variant has a share.
 *
 * What a person was first exposed to is theirs for ever: who records exposures asks here for people not yet exposed alone,
 * so that a change of shares moves nobody.
 */
export function assignVariant(key: string, userId: number | string, variants: readonly Variant[]): string {
  const offered = variants.filter(({ share }) => share > 0)
  const whole = offered.reduce((sum, { share }) => sum + share, 0)
  const bucket = murmurHash(`${key}:${userId}`) % buckets
  let sum = 0
  for (const { name, share } of offered) {
    sum += share
    if (bucket < (sum / whole) * buckets) return name
  }
  throw new RangeError('an experiment needs a variant with a share above 0')
}

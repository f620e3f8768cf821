/** From how many purchases, or from how many US cents of lifetime value, a tier is reached. */
export type TierThreshold = { purchases: number; usdCents: number }

export const tiers = ['new', 'regular', 'vip', 'premium'] as const

/** What a person's lifetime value makes of them, lowest first in `tiers`. */
export type Tier = (typeof tiers)[number]

export type TierThresholds = Record<Exclude<Tier, 'new'>, TierThreshold>

export const defaultTierThresholds: TierThresholds = {
  premium: { purchases: 20, usdCents: 10_000 },
  vip: { purchases: 10, usdCents: 5_000 },
  regular: { purchases: 3, usdCents: 1_000 },
}

/** Lifetime value of a person: purchases that were not refunded, and their net value in US cents. */
export type LifetimeValue = { purchases: number; usdCents: number }

/** The highest tier of which the person reaches either threshold; `new` below them all. */
export function tierOf(value: LifetimeValue, thresholds: TierThresholds = defaultTierThresholds): Tier {
  const reaches = (threshold: TierThreshold) =>
    value.purchases >= threshold.purchases || value.usdCents >= threshold.usdCents
  if (reaches(thresholds.premium)) return 'premium'
  if (reaches(thresholds.vip)) return 'vip'
  return reaches(thresholds.regular) ? 'regular' : 'new'
}

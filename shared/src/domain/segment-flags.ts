import { defaultSegmentThresholds, type SegmentName, type SegmentThresholds } from './segments.ts'
import { type Tier, tiers } from './tiers.ts'

/** What segments ask of a person beside their days; a purchase counts whether it was refunded or not. */
export type FlaggedPerson = {
  purchases: number
  generations: number
  credits: number | null
  blockedAt: number | null
  tier: string
}

/** Bits of a person's flags; above them their tier. Without one of the two of credits, these are unknown. */
export const segmentFlag = {
  paid: 1,
  power: 2,
  blocked: 4,
  noCredits: 8,
  someCredits: 16,
} as const

/** Above the other flags: the place of the tier among them all. */
const tierShift = 5
const tierPlaces = new Map<string, number>(tiers.map((tier, place) => [tier, place]))

/** The day that stands for "neither acted nor seen". */
export const neverSeen = -1_000_000

/** The flags of a person as they are now. */
export function segmentFlags(
  { purchases, generations, credits, blockedAt, tier }: FlaggedPerson,
  { powerGenerations }: SegmentThresholds = defaultSegmentThresholds,
): number {
  return (
    (purchases >= 1 ? segmentFlag.paid : 0) |
    (generations >= powerGenerations ? segmentFlag.power : 0) |
    (blockedAt !== null ? segmentFlag.blocked : 0) |
    (credits === 0 ? segmentFlag.noCredits : 0) |
    (credits !== null && credits > 0 ? segmentFlag.someCredits : 0) |
    ((tierPlaces.get(tier) ?? 0) << tierShift)
  )
}

/** The tier that flags hold. */
export function tierOfFlags(flags: number): Tier {
  return tiers[flags >> tierShift] ?? 'new'
}

/**
 * The built-in segments that people with these flags are in who were last active, or first seen where they never acted, so
 * many local days ago (null for who has neither); all but `new`, which asks for the day of first seen alone. The flags must
 * have been made with the same threshold of `power`.
 */
export function segmentsOfFlags(
  { flags, daysSinceActive }: { flags: number; daysSinceActive: number | null },
  { activeDays, atRiskDays, churnedDays }: SegmentThresholds,
): SegmentName[] {
  const has = (flag: number) => (flags & flag) !== 0
  const { paid, power, blocked, noCredits, someCredits } = segmentFlag
  const ago = daysSinceActive
  const found: Partial<Record<SegmentName, boolean>> = {
    active_free: ago !== null && ago < activeDays && !has(paid) && has(someCredits),
    exhausted_free: has(noCredits) && !has(paid),
    paying: has(paid),
    churned: ago !== null && ago > churnedDays,
    power: has(power),
    at_risk: has(paid) && ago !== null && ago >= atRiskDays && ago <= churnedDays,
    blocked: has(blocked),
  }
  // @NOTE The keys are those written above.
  return (Object.keys(found) as SegmentName[]).filter((name) => found[name])
}

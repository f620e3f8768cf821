import { defaultSegmentThresholds, type SegmentThresholds } from './segments.ts'

/** What segments ask of a person beside their days; a purchase counts whether it was refunded or not. */
export type FlaggedPerson = {
  purchases: number
  generations: number
  credits: number | null
  blockedAt: number | null
}

/** Bits of a person's flags. Without one of the two of credits, these are unknown. */
export const segmentFlag = {
  paid: 1,
  power: 2,
  blocked: 4,
  noCredits: 8,
  someCredits: 16,
} as const

/** The day that stands for "neither acted nor seen". */
export const neverSeen = -1_000_000

/** The flags of a person as they are now. */
export function segmentFlags(
  { purchases, generations, credits, blockedAt }: FlaggedPerson,
  { powerGenerations }: SegmentThresholds = defaultSegmentThresholds,
): number {
  return (
    (purchases >= 1 ? segmentFlag.paid : 0) |
    (generations >= powerGenerations ? segmentFlag.power : 0) |
    (blockedAt !== null ? segmentFlag.blocked : 0) |
    (credits === 0 ? segmentFlag.noCredits : 0) |
    (credits !== null && credits > 0 ? segmentFlag.someCredits : 0)
  )
}

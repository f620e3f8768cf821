import { type Condition, matchesAll } from './conditions.ts'

/** Limits of the built-in segments; days are local days, today the first of them. */
export type SegmentThresholds = {
  newDays: number
  activeDays: number
  atRiskDays: number
  churnedDays: number
  powerGenerations: number
}

export const defaultSegmentThresholds: SegmentThresholds = {
  newDays: 7,
  activeDays: 7,
  atRiskDays: 14,
  churnedDays: 30,
  powerGenerations: 10,
}

const user = (key: string, op: Condition['op'], value: number | boolean): Condition => ({
  scope: 'user',
  key,
  op,
  value,
})
const neverPaid = user('purchases', 'eq', 0)
const paid = user('purchases', 'ge', 1)

/**
 * The built-in segments, each as conditions on fields of a person as they are now. `daysSinceFirstSeen` and
 * `daysSinceActive` are local days back from today (0 = today), the latter from first seen for who never acted;
 * `purchases` are payments that succeeded, refunded or not; `generations` are those that succeeded. A field that is
 * unknown is missing, so who has no known credits is in no segment that asks for them.
 */
const segments = {
  new: ({ newDays }: SegmentThresholds) => [user('daysSinceFirstSeen', 'lt', newDays)],
  active_free: ({ activeDays }: SegmentThresholds) => [
    user('daysSinceActive', 'lt', activeDays),
    neverPaid,
    user('credits', 'gt', 0),
  ],
  exhausted_free: () => [user('credits', 'eq', 0), neverPaid],
  paying: () => [paid],
  churned: ({ churnedDays }: SegmentThresholds) => [user('daysSinceActive', 'gt', churnedDays)],
  power: ({ powerGenerations }: SegmentThresholds) => [user('generations', 'ge', powerGenerations)],
  at_risk: ({ atRiskDays, churnedDays }: SegmentThresholds) => [
    paid,
    user('daysSinceActive', 'ge', atRiskDays),
    user('daysSinceActive', 'le', churnedDays),
  ],
  blocked: () => [user('blocked', 'eq', true)],
} satisfies Record<string, (thresholds: SegmentThresholds) => Condition[]>

/** The name of a built-in segment. */
export type SegmentName = keyof typeof segments

export function isSegmentName(name: string): name is SegmentName {
  return Object.hasOwn(segments, name)
}

/** The built-in segments in the order in which they are shown. */
export const segmentNames: readonly SegmentName[] = Object.keys(segments).filter(isSegmentName)

/** The conditions, joined by AND, that a person meets who is in the segment. */
export function segmentConditions(
  name: SegmentName,
  thresholds: SegmentThresholds = defaultSegmentThresholds,
): Condition[] {
  return segments[name](thresholds)
}

/** The segments that a person is in, whose fields `field` gives. */
export function segmentsOf(
  field: (key: string) => unknown,
  thresholds: SegmentThresholds = defaultSegmentThresholds,
): SegmentName[] {
  return segmentNames.filter((name) => matchesAll(segmentConditions(name, thresholds), field))
}

import { type Condition, matchesAll } from './conditions.ts'
import { type SegmentThresholds, segmentsOf } from './segments.ts'

/** A segment that an admin saved: the people who meet every condition. */
export type SavedSegment = { name: string; conditions: readonly Condition[] }

type FieldOf = (key: string) => unknown

const asksForSegment = ({ scope, key }: Condition) => scope === 'user' && key === 'segment'

/** The segments that conditions name, built-in and saved. */
export function segmentsNamed(conditions: readonly Condition[]): string[] {
  return conditions
    .filter(asksForSegment)
    .flatMap(({ value }) => (Array.isArray(value) ? value : [value]).map(String))
}

/** Whether conditions ask for segments by name alone, so that it is known which others they rest on. */
export function namesItsSegments(conditions: readonly Condition[]): boolean {
  return conditions.filter(asksForSegment).every(({ op }) => op === 'eq' || op === 'ne')
}

/**
 * Saved segments in an order in which each comes after those that its conditions name; null where some name one another in
 * a circle. A name that nothing has is no obstacle: nobody is in it.
 */
export function inOrderOfNeed<S extends SavedSegment>(segments: readonly S[]): S[] | null {
  const byName = new Map(segments.map((segment) => [segment.name, segment]))
  const ordered = new Set<S>()
  const entered = new Set<S>()
  const place = (segment: S): boolean => {
    if (ordered.has(segment)) return true
    if (entered.has(segment)) return false
    entered.add(segment)
    const needed = segmentsNamed(segment.conditions).flatMap((name) => byName.get(name) ?? [])
    if (!needed.every(place)) return false
    ordered.add(segment)
    return true
  }
  return segments.every(place) ? [...ordered] : null
}

/**
 * Tells all segments that a person is in, built-in and saved, from the person's other fields. Made once for many people.
 * Throws where saved segments name one another in a circle, which saving refuses.
 */
export function segmentMembership(
  saved: readonly SavedSegment[],
  thresholds: SegmentThresholds,
): (field: FieldOf) => string[] {
  const ordered = inOrderOfNeed(saved)
  if (!ordered) throw new Error('saved segments name one another in a circle')
  return (field) => {
    const names: string[] = segmentsOf(field, thresholds)
    const known: FieldOf = (key) => (key === 'segment' ? names : field(key))
    for (const { name, conditions } of ordered) if (matchesAll(conditions, known)) names.push(name)
    return names
  }
}

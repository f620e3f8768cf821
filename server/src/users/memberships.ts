import { findEventTypes } from '@botdeck/shared/actions/event-types'
import { savedSegmentsOf } from '@botdeck/shared/actions/saved-segments'
import type { UserDetail } from '@botdeck/shared/contract/users'
import type { Queryable } from '@botdeck/shared/db/db'
import { valueText } from '@botdeck/shared/domain/conditions'
import { experimentOfField } from '@botdeck/shared/domain/exposure'
import { segmentMembership } from '@botdeck/shared/domain/saved-segments'
import { isSegmentName, type SegmentThresholds } from '@botdeck/shared/domain/segments'
import { and, asc, eq, inArray } from 'drizzle-orm'

/** The variant of a person in each experiment that they were exposed to: that of their first exposure. */
async function variantsOf(db: Queryable, uid: number): Promise<Map<string, string>> {
  const { events } = db.t
  const types = [...(await findEventTypes(db, ['experiment_exposed'])).values()]
  const rows = await db.orm
    .select({ props: events.props })
    .from(events)
    .where(and(eq(events.uid, uid), inArray(events.type, types)))
    .orderBy(asc(events.at), asc(events.id))
  const variants = new Map<string, string>()
  for (const { props } of rows) {
    const [experiment, variant] = [valueText(props?.experiment), valueText(props?.variant)]
    if (experiment !== null && variant !== null && !variants.has(experiment))
      variants.set(experiment, variant)
  }
  return variants
}

/**
 * What a person belongs to as they are now: built-in segments, saved ones, and a variant of each experiment that they were
 * exposed to. `fields` gives their other fields, `props` their own attributes.
 */
export async function membershipsOf(
  db: Queryable,
  person: {
    uid: number
    fields: Readonly<Record<string, unknown>>
    props: Readonly<Record<string, unknown>>
  },
  thresholds: SegmentThresholds,
): Promise<Pick<UserDetail, 'segments' | 'savedSegments' | 'variants'>> {
  const { uid, fields, props } = person
  const variants = await variantsOf(db, uid)
  const fieldOf = (key: string) => {
    if (Object.hasOwn(fields, key)) return fields[key]
    const experiment = experimentOfField(key)
    if (experiment !== undefined) return variants.get(experiment)
    return Object.hasOwn(props, key) ? props[key] : undefined
  }
  const names = segmentMembership(await savedSegmentsOf(db), thresholds)(fieldOf)
  return {
    segments: names.filter(isSegmentName),
    savedSegments: names.filter((name) => !isSegmentName(name)),
    variants: [...variants].map(([experiment, variant]) => ({ experiment, variant })),
  }
}

import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import { sql } from 'drizzle-orm'
import type { ChunkPlace } from '../columns/chunk-rows.ts'
import { dayMs } from '../columns/event-chunk.ts'
import { propertyValuesOf } from '../columns/property-values.ts'
import { readSealedId } from '../columns/seal-state.ts'
import type { View } from '../stats/view.ts'
import { audienceMask, personMarks } from './marks.ts'
import type { EventQuery } from './person-events.ts'
import { chunkPlaces } from './sealed-chunks.ts'
import { kept, stepBits } from './step-bits.ts'
import { CodeTest, ValueCodes } from './value-codes.ts'

/** What a scan knows of a type. */
export interface TypePlan {
  name: string
  /** Bits of the steps that name it. */
  named: number
  /** Tests that an event of it may have to pass. */
  tests: readonly CodeTest[]
  /** The properties of it that the scan looks at. */
  keys: readonly string[]
}

/** A question about events, prepared for a view. */
export interface ScanPlan {
  view: View
  query: EventQuery
  from: number
  /** Before which events lie, in ms. */
  to: number
  /** Bits of the steps that any activity matches. */
  ofActivity: number
  /** Whether activity is looked for, by steps or by itself. */
  wantsActivity: boolean
  types: ReadonlyMap<number, TypePlan>
  values: ValueCodes
  /** 1 for each uid who is counted. */
  mask: Uint8Array
  /** What the steps' conditions on people leave, by uid; null where there are none. */
  allowed: Int32Array | null
  /** Whether each event has bits of its own: else there are few of them, and those of one source are the same. */
  withBits: boolean
  /** The highest uid. */
  people: number
  /** Columns hold the events up to this id; those after it are in rows. */
  sealed: number
  places: readonly ChunkPlace[]
}

async function highestUid(view: View): Promise<number> {
  const [row] = await view.db.all<{ last: number | null }>(sql`select max(uid) as last from users`)
  return row?.last ?? 0
}

/** Prepares a question. */
export async function scanPlan(view: View, query: EventQuery): Promise<ScanPlan> {
  const { steps, withActivity = false, property, audience } = query
  const bits = stepBits(query)
  const values = new ValueCodes(await propertyValuesOf(view.database, view.db))
  const tests = bits.tests.map((test) => new CodeTest(test, values))
  const wantsActivity = withActivity || bits.ofActivity !== 0
  const types = new Map<number, TypePlan>()
  for (const [type, name] of await eventTypeNames(view.db)) {
    const named = bits.ofType(name)
    if (named === 0 && !wantsActivity) continue
    const own = tests.filter(({ concerns }) => (concerns & (named | bits.ofActivity | kept)) !== 0)
    const keys = new Set(own.map(({ key }) => key))
    if (property !== undefined) keys.add(property)
    types.set(type, { name, named, tests: own, keys: [...keys] })
  }
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query
  const sealed = await readSealedId(view.db)
  const places =
    types.size === 0
      ? []
      : await chunkPlaces(view.db, {
          firstDay: Math.floor(from / dayMs),
          lastDay: Math.ceil(to / dayMs) - 1,
          types: wantsActivity ? null : [...types.keys()],
          sealed,
        })
  const people = await highestUid(view)
  const allowed = personMarks(steps, { audience, people: people + 1 })
  return {
    view,
    query,
    from,
    to,
    ofActivity: bits.ofActivity,
    wantsActivity,
    types,
    values,
    mask: audienceMask(audience, people + 1),
    allowed,
    withBits: allowed !== null || tests.length > 0,
    people,
    sealed,
    places,
  }
}

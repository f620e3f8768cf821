import { eventTypeNames, findEventTypes } from '@botdeck/shared/actions/event-types'
import {
  type Condition,
  conditionTest,
  type MatchableEvent,
  type Step,
} from '@botdeck/shared/domain/conditions'
import { type SQL, sql } from 'drizzle-orm'
import type { Audience } from './audience.ts'
import type { View } from './view.ts'

/** An event as scans see it; `props` are empty unless the scan asked for them. */
export interface ScannedEvent extends MatchableEvent {
  id: number
  at: number
}

/** Which events a scan reads: those that may match any of the steps, in `[from, to)` ms where given. */
export interface EventScan {
  steps: readonly Step[]
  /** Conditions that every event must meet. */
  where: readonly Condition[]
  from?: number | undefined
  to?: number | undefined
}

interface Row {
  id: number
  uid: number
  at: number
  type: number
  activity: boolean | number
  props: string | null
}

/** The types that steps name; a type that nobody sent has no number, and no events. */
async function typeFilter(view: View, steps: readonly Step[]): Promise<SQL> {
  const named = [...new Set(steps.flatMap(({ event }) => event ?? []))]
  const ids = [...(await findEventTypes(view.db, named)).values()]
  const parts = [
    ...(steps.some(({ event }) => event === null) ? [sql`activity`] : []),
    ...(ids.length > 0 ? [sql`type in ${ids}`] : []),
  ]
  return parts.length === 0 ? sql`1 = 0` : sql`(${sql.join(parts, sql` or `)})`
}

function query(view: View, scan: EventScan, parts: { types: SQL; props: SQL }): SQL {
  const from = scan.from === undefined ? sql`` : sql`and at >= ${scan.from}`
  const to = scan.to === undefined ? sql`` : sql`and at < ${scan.to}`
  return sql`
    select id, uid, at, type, activity, ${parts.props} as props from events
    where id <= ${view.watermark} and ${parts.types} ${from} ${to} order by uid, at, id`
}

const noProps = Object.freeze({})

function passes(conditions: readonly Condition[]): (event: MatchableEvent) => boolean {
  const tests = conditions.map(({ key, op, value }) => ({ key, test: conditionTest(op, value) }))
  return ({ props }) =>
    tests.every(({ key, test }) => test(Object.hasOwn(props, key) ? props[key] : undefined))
}

/**
 * Calls `visit` for each counted person with events of the scan, with those events in the order of (time, id). Read up
 * to the watermark; properties are parsed only where a condition looks at one.
 */
export async function forEachPerson(
  view: View,
  parts: EventScan & { audience: Audience },
  visit: (uid: number, events: ScannedEvent[]) => void,
): Promise<void> {
  const { steps, where, audience } = parts
  const names = await eventTypeNames(view.db)
  const looksAtProps =
    where.length > 0 || steps.some((step) => step.where?.some(({ scope }) => scope === 'event'))
  const props = looksAtProps ? sql`props` : sql`null`
  const matches = passes(where)
  let current: number | undefined
  let events: ScannedEvent[] = []
  const finish = () => {
    if (current !== undefined && events.length > 0) visit(current, events)
    events = []
  }
  for await (const rows of view.scan<Row>(
    query(view, parts, { types: await typeFilter(view, steps), props }),
  ))
    for (const row of rows) {
      if (row.uid !== current) {
        finish()
        current = row.uid
      }
      if (!audience.has(row.uid)) continue
      const event = {
        id: row.id,
        at: row.at,
        type: names.get(row.type) ?? '',
        activity: Boolean(row.activity),
        // @NOTE The column holds objects alone.
        props: row.props === null ? noProps : (JSON.parse(row.props) as Record<string, unknown>),
      }
      if (matches(event)) events.push(event)
    }
  finish()
}

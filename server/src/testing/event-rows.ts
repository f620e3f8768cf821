import { eventTypeNames, findEventTypes } from '@botdeck/shared/actions/event-types'
import {
  conditionTest,
  eventMatcher,
  type MatchableEvent,
  type Step,
  settlePerson,
} from '@botdeck/shared/domain/conditions'
import { type SQL, sql } from 'drizzle-orm'
import type { EventQuery, Visit } from '../events/person-events.ts'
import { type Audience, conditionsOn } from '../stats/filters.ts'
import type { View } from '../stats/view.ts'
import { EventBuffer } from './event-buffer.ts'

interface Row {
  id: number
  uid: number
  at: number
  type: number
  activity: boolean | number
  props: string | null
}

/** The types that may match; a type that nobody sent has no number, and no events. */
async function typeFilter(view: View, { steps, withActivity }: EventQuery): Promise<SQL> {
  const named = [...new Set(steps.flatMap(({ event }) => event ?? []))]
  const ids = [...(await findEventTypes(view.db, named)).values()]
  const parts = [
    ...(withActivity || steps.some(({ event }) => event === null) ? [sql`activity`] : []),
    ...(ids.length > 0 ? [sql`type in ${ids}`] : []),
  ]
  return parts.length === 0 ? sql`1 = 0` : sql`(${sql.join(parts, sql` or `)})`
}

function looksAtProps({ steps, where = [], property }: EventQuery): boolean {
  return (
    property !== undefined ||
    [...where, ...steps.flatMap((step) => conditionsOn('event', step.where))].length > 0
  )
}

async function rowsOf(view: View, query: EventQuery): Promise<AsyncIterable<Row[]>> {
  const from = query.from === undefined ? sql`` : sql`and at >= ${query.from}`
  const to = query.to === undefined ? sql`` : sql`and at < ${query.to}`
  const props = looksAtProps(query) ? sql`props` : sql`null`
  return view.scan<Row>(sql`
    select id, uid, at, type, activity, ${props} as props from events
    where id <= ${view.watermark} and ${await typeFilter(view, query)} ${from} ${to}`)
}

/** Tells which steps an event matches by itself, as bits. */
function eventMarks(steps: readonly Step[]): (event: MatchableEvent) => number {
  const matchers = steps.map(eventMatcher)
  return (event) =>
    matchers.reduce((marks, matches, index) => (matches(event) ? marks | (1 << index) : marks), 0)
}

/** Tells which steps a person may match at all by the steps' conditions on people, as bits. */
function personMarks(steps: readonly Step[], audience: Audience): (uid: number) => number {
  const fits = ({ event }: Step) => !Array.isArray(event) || event.length > 0
  return (uid) =>
    steps.reduce(
      (marks, step, index) =>
        fits(settlePerson(step, audience.fieldOf(uid))) ? marks | (1 << index) : marks,
      0,
    )
}

const noProps: Record<string, unknown> = Object.freeze({})

function passes({ where = [] }: EventQuery): (event: MatchableEvent) => boolean {
  const tests = conditionsOn('event', where).map(({ key, op, value }) => ({
    key,
    test: conditionTest(op, value),
  }))
  return ({ props }) =>
    tests.every(({ key, test }) => test(Object.hasOwn(props, key) ? props[key] : undefined))
}

/**
 * The plain reference of `forEachPerson`, from rows alone: calls `visit` for each counted person with events of the query, up to the watermark, with those events in the order of
 * (time, id).
 */
export async function forEachPersonOfRows(view: View, query: EventQuery, visit: Visit): Promise<void> {
  const { audience, steps, withActivity = false, property } = query
  const names = await eventTypeNames(view.db)
  const marksOf = eventMarks(steps)
  const allowed = personMarks(steps, audience)
  const fits = passes(query)
  const buffer = new EventBuffer()
  const values: unknown[] = []
  for await (const rows of await rowsOf(view, query))
    for (const row of rows) {
      if (!audience.has(row.uid)) continue
      // @NOTE The column holds objects alone.
      const props = row.props === null ? noProps : (JSON.parse(row.props) as Record<string, unknown>)
      const event = { type: names.get(row.type) ?? '', activity: Boolean(row.activity), props }
      if (!fits(event)) continue
      const marks = marksOf(event) & allowed(row.uid)
      if (marks === 0 && !(withActivity && event.activity)) continue
      const value = property !== undefined && Object.hasOwn(props, property) ? props[property] : undefined
      const known = value !== undefined && value !== null
      buffer.add({ ...row, marks, value: known ? values.push(value) : 0 })
    }
  buffer.forEachPerson({ type: (type) => names.get(type) ?? '', value: (code) => values[code - 1] }, visit)
}

import type { Unit } from '@botdeck/shared/domain/civil'
import type { WrittenRange } from '@botdeck/shared/domain/range'
import { and, eq, lt } from 'drizzle-orm'
import { forEachPerson } from '../events/scan.ts'
import { peopleTable } from '../people/people-table.ts'
import { readActiveDays } from '../rollup/read-active-days.ts'
import type { Audience } from './filters.ts'
import { currentPlace, firstPoint, previousPlace } from './overview-figures.ts'
import { type OverviewPlan, overviewPlan, type Span } from './overview-spans.ts'
import { pointsOf } from './points.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

/** A range beside the same number of local days before it, with points of one unit. */
export interface Compared extends OverviewPlan {
  unit: Unit
}

/** What a stat of a range compares and draws; see `overviewPlan`. */
export function comparedRange(view: View, range: WrittenRange, unit: Unit = 'day'): Compared {
  return { ...overviewPlan(view, range), ...pointsOf(view, range, unit), unit }
}

/** Tells of an instant which places it counts in: the period, the one before it, and its point. */
export function comparedPlaces(
  view: View,
  { current, previous, points, range, unit }: Compared,
): (at: number) => number[] {
  const within = (at: number, { from, to }: Pick<Span, 'from' | 'to'>) => at >= from && at < to
  const first = points[0]?.index ?? 0
  return (at) => {
    const places: number[] = []
    if (within(at, current)) places.push(currentPlace)
    if (within(at, previous)) places.push(previousPlace)
    const point = within(at, range) ? view.clock.periodIndex(at, unit) - first : points.length
    if (point < points.length) places.push(firstPoint + point)
    return places
  }
}

/** The two periods and their places. */
export function spansOf({ current, previous }: Pick<Compared, 'current' | 'previous'>): [number, Span][] {
  return [
    [currentPlace, current],
    [previousPlace, previous],
  ]
}

/** Whether anything was recorded of these people before an instant; server-written events are no record of a person. */
export async function isRecordedBefore(
  view: View,
  instant: number,
  includeStaff: boolean | undefined,
): Promise<boolean> {
  const { personStates } = view.db.t
  const [row] = await view.db.orm
    .select({ uid: personStates.uid })
    .from(personStates)
    .where(
      and(lt(personStates.firstSeenAt, instant), includeStaff ? undefined : eq(personStates.staff, false)),
    )
    .limit(1)
  return row !== undefined
}

/** Reports as `activeUsers` everybody who was active in each of the two periods. */
export async function tallyActiveUsers(
  view: View,
  compared: Compared,
  to: { audience: Audience; tally: Tally },
): Promise<void> {
  const { clock } = view
  const { audience, tally } = to
  const opensDay = (at: number) => clock.dayStart(clock.dayOf(at)) === at
  for (const [place, { from, to: end }] of spansOf(compared)) {
    if (end <= from) continue
    const add = (uid: number) => tally.add('activeUsers', place, uid)
    if (opensDay(from) && opensDay(end)) {
      const stretch = { first: clock.dayOf(from), last: clock.dayOf(end - 1) }
      const met = new Uint8Array((await peopleTable(view, [])).people)
      for await (const { uids } of readActiveDays(view, { ...stretch, includeStaff: true }))
        for (const uid of uids) {
          if (met[uid] === 0 && audience.has(uid)) add(uid)
          met[uid] = 1
        }
    } else
      await forEachPerson(view, { steps: [{ event: null }], from, to: end, audience }, ({ uid }) => add(uid))
  }
}

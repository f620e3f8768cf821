import { quarterHour } from '@botdeck/shared/domain/calendar'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { type CellChanges, cohortUnits } from './cell-changes.ts'

/** An event as the roll-up sees it. */
export interface RollupEvent {
  id: number
  uid: number
  at: number
  /** The number of its type. */
  type: number
  activity: boolean
  outcome: 'succeeded' | 'failed' | null
  /** Whether it can make its person first seen; what the server writes about a person does not. */
  makesSeen: boolean
  /** The audience that its person belongs to from now on; null where the event does not say. */
  audience: boolean | null
}

/** What is known of a person after their events so far; times in ms. */
export interface PersonState {
  staff: boolean
  firstSeenAt: number | null
  firstActiveAt: number | null
  lastActiveAt: number | null
}

/** Where the changes of one person go; `sign` −1 takes a contribution back. */
export interface Contribution {
  uid: number
  clock: ZoneClock
  changes: CellChanges
  sign: 1 | -1
}

export const wauDays = 7
export const mauDays = 30

export function newState(staff: boolean): PersonState {
  const never = { firstSeenAt: null, firstActiveAt: null, lastActiveAt: null }
  return { staff, ...never }
}

/**
 * Adds one event to the cells and answers the person's state after it. The event must not lie before those folded
 * already: firsts and differences hold only for events in the order of time.
 */
export function foldEvent(state: PersonState, event: RollupEvent, to: Contribution): PersonState {
  const { clock, changes, sign } = to
  const { staff } = state
  const day = clock.dayOf(event.at)
  const quarter = quarterHour(event.at)
  changes.type(day, event.type, staff).events += sign
  if (event.activity || event.outcome !== null) {
    const cell = changes.quarter(quarter, staff)
    if (event.activity) cell.activity += sign
    if (event.outcome !== null) cell[event.outcome] += sign
  }
  const next = { ...state }
  if (event.makesSeen && state.firstSeenAt === null) {
    next.firstSeenAt = event.at
    changes.day(day, staff).newUsers += sign
    changes.first(day, quarter, staff).newUsers += sign
  }
  if (event.activity) {
    const lastDay = state.lastActiveAt === null ? null : clock.dayOf(state.lastActiveAt)
    if (lastDay === null || lastDay < day) {
      changes.first(day, quarter, staff).active += sign
      addActiveDay({ staff, day, lastDay, firstDay: clock.dayOf(state.firstActiveAt ?? event.at) }, to)
    }
    next.firstActiveAt ??= event.at
    next.lastActiveAt = event.at
  }
  return next
}

interface NewActiveDay {
  staff: boolean
  day: number
  /** The person's active day before this one; null for their first. */
  lastDay: number | null
  firstDay: number
}

/** The first activity of a local day: the day itself, the windows it opens, and the cohort cells it fills. */
function addActiveDay({ staff, day, lastDay, firstDay }: NewActiveDay, to: Contribution): void {
  const { clock, changes, sign, uid } = to
  changes.setActiveDay(day, uid, sign > 0 ? staff : null)
  changes.day(day, staff).active += sign
  // The person counts in the windows that end on day … day + length − 1; those of the day before are counted already.
  const opens = (length: number) => (lastDay === null ? day : Math.max(day, lastDay + length))
  changes.day(opens(wauDays), staff).wauChange += sign
  changes.day(day + wauDays, staff).wauChange -= sign
  changes.day(opens(mauDays), staff).mauChange += sign
  changes.day(day + mauDays, staff).mauChange -= sign
  for (const unit of cohortUnits) {
    const period = clock.periodOfDay(day, unit)
    if (lastDay !== null && clock.periodOfDay(lastDay, unit) === period) continue
    const cohort = clock.periodOfDay(firstDay, unit)
    changes.cohort(unit, cohort, { age: period - cohort, staff }).people += sign
  }
}

/**
 * Everything that one person adds to the cells (`sign` 1) or added (`sign` −1): a fold from nothing of their events in
 * the order of (time, id), all under the audience they belong to now. Null where there are no events.
 */
export function contributionOf(
  events: readonly RollupEvent[],
  staff: boolean,
  to: Contribution,
): PersonState | null {
  if (events.length === 0) return null
  return events.reduce((state, event) => foldEvent(state, event, to), newState(staff))
}

/** The audience of a person after these events: that of the latest change by id, people where there was none. */
export function audienceOf(events: readonly RollupEvent[]): boolean {
  let latest: RollupEvent | undefined
  for (const event of events)
    if (event.audience !== null && event.id > (latest?.id ?? Number.NEGATIVE_INFINITY)) latest = event
  return latest?.audience ?? false
}

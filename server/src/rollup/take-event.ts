import { quarterHour } from '@botdeck/shared/domain/calendar'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { type CellChanges, cohortUnits } from './cell-changes.ts'
import { mauDays, type RollupEvent, wauDays } from './fold.ts'
import { noDay, noQuarter, type People } from './people.ts'
import type { Periods } from './periods.ts'
import { addEarlierDay, knownFrom, moveLastDay, neighbours, wasActive } from './recent-days.ts'

/*
 * Events in the order of their ids, in whatever order they happened: each is added to the cells from what is known of its
 * person in memory. What memory cannot tell needs the person folded anew (`fold.ts`, which says the same things plainly).
 */

/** What events are added to. */
export interface Taking {
  people: People
  changes: CellChanges
  clock: ZoneClock
  periods: Periods
}

/** What has to be known before an event can be taken: nothing, its day's first activity so far, or everything. */
export type Need = 'nothing' | 'first of day' | 'refold'

/** Days before a late one that decide which windows and cohort periods it opens. */
const reach = 31

/** What taking an event needs beyond what is in memory. */
export function needOf(event: RollupEvent, { people, clock }: Taking): Need {
  const { uid, at } = event
  people.meet(uid)
  if (event.audience !== null && event.audience !== (people.staff[uid] === 1)) return 'refold'
  const last = people.lastDay[uid] ?? noDay
  if (!event.activity || last === noDay || at >= (people.lastActive[uid] ?? 0)) return 'nothing'
  const day = clock.dayOf(at)
  if (day === last) return people.firstQuarter[uid] === noQuarter ? 'first of day' : 'nothing'
  if (day < (people.firstDay[uid] ?? noDay)) return 'refold'
  const from = knownFrom(people, uid)
  if (day < from) return 'refold'
  if (wasActive(people, uid, day)) return 'first of day'
  return day - reach < from ? 'refold' : 'nothing'
}

/**
 * Adds one event to the cells and to what is known of its person.
 * @param firstQuarter the quarter hour of the first activity of its day among earlier ids, where `needOf` asked for it
 */
export function takeEvent(event: RollupEvent, to: Taking, firstQuarter = noQuarter): void {
  const { people, changes, clock } = to
  const { uid, at, type } = event
  const staff = people.staff[uid] === 1
  people.known[uid] = 1
  const day = clock.dayOf(at)
  const quarter = quarterHour(at)
  changes.type(day, type, staff).events += 1
  if (event.activity || event.outcome !== null) {
    const cell = changes.quarter(quarter, staff)
    if (event.activity) cell.activity += 1
    if (event.outcome !== null) cell[event.outcome] += 1
  }
  if (event.makesSeen) takeSeen(uid, at, to)
  if (event.activity) takeActivity(uid, at, { day, quarter, firstQuarter, to })
}

/** Moves who was thought to be new later. */
function takeSeen(uid: number, at: number, { people, changes, clock }: Taking): void {
  const before = people.firstSeen[uid] ?? Number.POSITIVE_INFINITY
  if (at >= before) return
  const staff = people.staff[uid] === 1
  const count = (instant: number, by: 1 | -1) => {
    const day = clock.dayOf(instant)
    changes.day(day, staff).newUsers += by
    changes.first(day, quarterHour(instant), staff).newUsers += by
  }
  if (before !== Number.POSITIVE_INFINITY) count(before, -1)
  count(at, 1)
  people.firstSeen[uid] = at
}

interface When {
  day: number
  quarter: number
  firstQuarter: number
  to: Taking
}

function takeActivity(uid: number, at: number, { day, quarter, firstQuarter, to }: When): void {
  const { people, changes } = to
  const staff = people.staff[uid] === 1
  const last = people.lastDay[uid] ?? noDay
  if (last === noDay || day > last) {
    if (last === noDay) people.firstDay[uid] = day
    addActiveDay(uid, day, { before: last === noDay ? null : last, after: null, to })
    changes.first(day, quarter, staff).active += 1
    moveLastDay(people, uid, day)
    people.firstQuarter[uid] = quarter
  } else if (day === last) {
    const first = firstQuarter === noQuarter ? (people.firstQuarter[uid] ?? noQuarter) : firstQuarter
    // In the order of time, an event is never its day's first one.
    if (first !== noQuarter) {
      moveFirst(Math.min(first, quarter), { from: first, day, staff, changes })
      people.firstQuarter[uid] = Math.min(first, quarter)
    }
  } else if (wasActive(people, uid, day))
    moveFirst(Math.min(firstQuarter, quarter), { from: firstQuarter, day, staff, changes })
  else {
    addActiveDay(uid, day, { ...neighbours(people, uid, day), to })
    changes.first(day, quarter, staff).active += 1
    addEarlierDay(people, uid, day)
  }
  people.firstActive[uid] = Math.min(people.firstActive[uid] ?? at, at)
  people.lastActive[uid] = Math.max(people.lastActive[uid] ?? at, at)
}

function moveFirst(
  to: number,
  { from, day, staff, changes }: { from: number; day: number; staff: boolean; changes: CellChanges },
): void {
  if (to === from) return
  changes.first(day, from, staff).active -= 1
  changes.first(day, to, staff).active += 1
}

/** An active day between its neighbours: the day itself, the windows it opens, and the cohort cells it fills. */
export function addActiveDay(
  uid: number,
  day: number,
  { before, after, to }: { before: number | null; after: number | null; to: Taking },
): void {
  const { people, changes } = to
  const staff = people.staff[uid] === 1
  changes.addActiveDay(day, uid, staff)
  changes.day(day, staff).active += 1
  const wau = windowOf(day, wauDays, { before, after })
  if (wau.opens < wau.closes) {
    changes.day(wau.opens, staff).wauChange += 1
    changes.day(wau.closes, staff).wauChange -= 1
  }
  const mau = windowOf(day, mauDays, { before, after })
  if (mau.opens < mau.closes) {
    changes.day(mau.opens, staff).mauChange += 1
    changes.day(mau.closes, staff).mauChange -= 1
  }
  const firstDay = people.firstDay[uid] ?? day
  for (const [place, unit] of cohortUnits.entries()) {
    const period = to.periods.of(day, place)
    if (before !== null && to.periods.of(before, place) === period) continue
    if (after !== null && to.periods.of(after, place) === period) continue
    const cohort = to.periods.of(firstDay, place)
    changes.cohort(unit, cohort, { age: period - cohort, staff }).people += 1
  }
}

/**
 * The days on which a person counts in a rolling window because of an active day alone: of those that end on it and the
 * days after, the ones that no neighbour opens.
 */
function windowOf(
  day: number,
  length: number,
  { before, after }: { before: number | null; after: number | null },
): { opens: number; closes: number } {
  return {
    opens: before === null ? day : Math.max(day, before + length),
    closes: after === null ? day + length : Math.min(day + length, after),
  }
}

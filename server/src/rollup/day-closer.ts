import { quarterHour } from '@botdeck/shared/domain/calendar'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import type { ActiveDay } from './active-days.ts'
import { type CellChanges, cohortUnits } from './cell-changes.ts'
import { mauDays, wauDays } from './fold.ts'
import type { OpenDay } from './open-day.ts'
import { noDay, type People } from './people.ts'
import { Periods } from './periods.ts'
import { moveLastDay } from './recent-days.ts'

/** Counts of one key among many, summed before they go to the cells. */
class Sums extends Map<number, number> {
  add(key: number): void {
    this.set(key, (this.get(key) ?? 0) + 1)
  }
}

/** What one audience adds on a day, before it goes to the cells. */
interface DaySums {
  staff: boolean
  active: number
  /** By day: people who begin to count in a window. */
  wau: Sums
  mau: Sums
  /** By quarter hour. */
  firsts: Sums
  /** By place of the unit, and cohort. */
  cohorts: Sums[]
}

const sumsOf = (staff: boolean): DaySums => ({
  staff,
  active: 0,
  wau: new Sums(),
  mau: new Sums(),
  firsts: new Sums(),
  cohorts: cohortUnits.map(() => new Sums()),
})

/** Takes whole local days, in ascending order: what `takeEvent` adds for a person's new last day, for everybody at once. */
export class DayCloser {
  readonly #people: People
  readonly #periods: Periods
  readonly #changes: CellChanges

  constructor(people: People, clock: ZoneClock, changes: CellChanges) {
    this.#people = people
    this.#periods = new Periods(clock)
    this.#changes = changes
  }

  /** @returns who was active on the day, by audience */
  close(open: OpenDay): ActiveDay[] {
    const { staff } = this.#people
    const uids = open.uids.subarray(0, open.count)
    const sums = [sumsOf(false), sumsOf(true)] as const
    for (const uid of uids) {
      const to = sums[staff[uid] === 1 ? 1 : 0]
      this.#add(uid, { day: open.day, at: open.base + (open.first[uid] ?? 0) - 1, to })
    }
    const days: ActiveDay[] = []
    for (const to of sums) {
      if (to.active === 0) continue
      this.#move(open.day, to)
      days.push({
        day: open.day,
        staff: to.staff,
        uids: uids.filter((uid) => (staff[uid] === 1) === to.staff),
      })
    }
    return days
  }

  #add(uid: number, { day, at, to }: { day: number; at: number; to: DaySums }): void {
    const people = this.#people
    const last = people.lastDay[uid] ?? noDay
    const never = last === noDay
    if (never) {
      people.firstDay[uid] = day
      people.firstActive[uid] = at
    }
    const quarter = quarterHour(at)
    to.active += 1
    to.firsts.add(quarter)
    to.wau.add(never ? day : Math.max(day, last + wauDays))
    to.mau.add(never ? day : Math.max(day, last + mauDays))
    const firstDay = people.firstDay[uid] ?? day
    for (let unit = 0; unit < cohortUnits.length; unit++)
      if (never || this.#periods.of(last, unit) !== this.#periods.of(day, unit))
        to.cohorts[unit]?.add(this.#periods.of(firstDay, unit))
    moveLastDay(people, uid, day)
    people.firstQuarter[uid] = quarter
  }

  #move(day: number, { staff, active, wau, mau, firsts, cohorts }: DaySums): void {
    const changes = this.#changes
    changes.day(day, staff).active += active
    for (const [opens, people] of wau) changes.day(opens, staff).wauChange += people
    changes.day(day + wauDays, staff).wauChange -= active
    for (const [opens, people] of mau) changes.day(opens, staff).mauChange += people
    changes.day(day + mauDays, staff).mauChange -= active
    for (const [quarter, people] of firsts) changes.first(day, quarter, staff).active += people
    for (const [place, unit] of cohortUnits.entries())
      for (const [cohort, people] of cohorts[place] ?? []) {
        const age = this.#periods.of(day, place) - cohort
        changes.cohort(unit, cohort, { age, staff }).people += people
      }
  }
}

import { quarterHour } from '@botdeck/shared/domain/calendar'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import type { ActiveDay } from './active-days.ts'
import { type CellChanges, cohortUnits } from './cell-changes.ts'
import { mauDays, wauDays } from './fold.ts'
import type { OpenDay } from './open-day.ts'
import { noDay, type People } from './people.ts'
import { Periods } from './periods.ts'
import { moveLastDay } from './recent-days.ts'
import { Sums } from './sums.ts'

/** What one audience adds on a day, before it goes to the cells. */
interface DaySums {
  staff: boolean
  active: number
  /** By days from this one on: people who begin to count in a window. */
  wau: Sums
  mau: Sums
  /** By quarter hours since the day's base. */
  firsts: Sums
  /** By place of the unit, and age. */
  cohorts: readonly Sums[]
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
    // In order, what is known of people is met in the order in which memory has it.
    const uids = open.uids.subarray(0, open.count).sort()
    const sums = [sumsOf(false), sumsOf(true)] as const
    for (const uid of uids) {
      const to = sums[staff[uid] === 1 ? 1 : 0]
      this.#add(uid, { open, to })
    }
    const days: ActiveDay[] = []
    for (const to of sums) {
      if (to.active === 0) continue
      this.#move(open, to)
      days.push({
        day: open.day,
        staff: to.staff,
        uids: uids.filter((uid) => (staff[uid] === 1) === to.staff),
      })
    }
    return days
  }

  #add(uid: number, { open, to }: { open: OpenDay; to: DaySums }): void {
    const people = this.#people
    const periods = this.#periods
    const { day } = open
    const last = people.lastDay[uid] ?? noDay
    const never = last === noDay
    const at = open.base + (open.first[uid] ?? 0) - 1
    if (never) {
      people.firstDay[uid] = day
      people.firstActive[uid] = at
    }
    const quarter = quarterHour(at)
    to.active += 1
    to.firsts.add(quarter - quarterHour(open.base))
    to.wau.add(never ? 0 : Math.max(0, last + wauDays - day))
    to.mau.add(never ? 0 : Math.max(0, last + mauDays - day))
    const firstDay = people.firstDay[uid] ?? day
    for (let unit = 0; unit < cohortUnits.length; unit++) {
      const period = periods.of(day, unit)
      if (never || periods.of(last, unit) !== period)
        to.cohorts[unit]?.add(period - periods.of(firstDay, unit))
    }
    moveLastDay(people, uid, day)
    people.firstQuarter[uid] = quarter
  }

  #move({ day, base }: OpenDay, { staff, active, wau, mau, firsts, cohorts }: DaySums): void {
    const changes = this.#changes
    changes.day(day, staff).active += active
    for (const [after, people] of wau) changes.day(day + after, staff).wauChange += people
    changes.day(day + wauDays, staff).wauChange -= active
    for (const [after, people] of mau) changes.day(day + after, staff).mauChange += people
    changes.day(day + mauDays, staff).mauChange -= active
    for (const [after, people] of firsts)
      changes.first(day, quarterHour(base) + after, staff).active += people
    for (const [place, unit] of cohortUnits.entries())
      for (const [age, people] of cohorts[place] ?? []) {
        const cohort = this.#periods.of(day, place) - age
        changes.cohort(unit, cohort, { age, staff }).people += people
      }
  }
}

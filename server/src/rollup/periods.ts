import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { cohortUnits } from './cell-changes.ts'

/** Local days that are looked up: from the last of 1969, as some zones have it, to the year 2149. */
const firstDay = -1
const days = 2 ** 16
const unknown = -(2 ** 31)

/** Periods of local days by unit of cohorts, worked out once each. */
export class Periods {
  readonly #clock: ZoneClock
  readonly #known = cohortUnits.map(() => new Int32Array(days).fill(unknown))

  constructor(clock: ZoneClock) {
    this.#clock = clock
  }

  /** The period of a unit, given by its place in `cohortUnits`, that holds a day. */
  of(day: number, unit: number): number {
    const known = this.#known[unit]?.[day - firstDay] ?? unknown
    if (known !== unknown) return known
    const period = this.#clock.periodOfDay(day, cohortUnits[unit] ?? 'day')
    const table = this.#known[unit]
    if (table) table[day - firstDay] = period
    return period
  }
}

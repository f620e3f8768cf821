import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { cohortUnits } from './cell-changes.ts'

/** Periods of local days by unit of cohorts, worked out once each. */
export class Periods {
  readonly #clock: ZoneClock
  readonly #known = cohortUnits.map(() => new Map<number, number>())

  constructor(clock: ZoneClock) {
    this.#clock = clock
  }

  /** The period of a unit, given by its place in `cohortUnits`, that holds a day. */
  of(day: number, unit: number): number {
    const known = this.#known[unit]
    const period = known?.get(day)
    if (period !== undefined) return period
    const found = this.#clock.periodOfDay(day, cohortUnits[unit] ?? 'day')
    known?.set(day, found)
    return found
  }
}

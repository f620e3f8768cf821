import type { DayUnit } from '@botdeck/shared/domain/civil'

interface DayCell {
  day: number
  staff: boolean
  active: number
  newUsers: number
  wauChange: number
  mauChange: number
}
interface TypeCell {
  day: number
  type: number
  staff: boolean
  events: number
}
interface QuarterCell {
  quarter: number
  staff: boolean
  activity: number
  succeeded: number
  failed: number
}
interface FirstCell {
  day: number
  quarter: number
  staff: boolean
  active: number
  newUsers: number
}
interface CohortCell {
  unit: CohortUnit
  cohort: number
  age: number
  staff: boolean
  people: number
}
/** `staff` is the audience the day is kept under from now on, null where it is kept no more. */
interface ActiveDay {
  day: number
  uid: number
  staff: boolean | null
}

/** The periods that cohorts are kept by. */
export const cohortUnits = ['day', 'week', 'month'] as const satisfies DayUnit[]
export type CohortUnit = (typeof cohortUnits)[number]

/** The row of a key, made empty where there is none yet. */
function rowOf<K, R>(rows: Map<K, R>, key: K, empty: () => R): R {
  const known = rows.get(key)
  if (known) return known
  const row = empty()
  rows.set(key, row)
  return row
}

/** More than there are event types, so that keys of two parts stay apart. */
const spread = 1_000_000

/** What is to be added to the stored cells: many events leave one change per cell. */
export class CellChanges {
  readonly days = new Map<number, DayCell>()
  readonly types = new Map<number, TypeCell>()
  readonly quarters = new Map<number, QuarterCell>()
  readonly firsts = new Map<string, FirstCell>()
  readonly cohorts = new Map<string, CohortCell>()
  readonly activeDays = new Map<string, ActiveDay>()

  day(day: number, staff: boolean): DayCell {
    return rowOf(this.days, day * 2 + Number(staff), () => ({
      day,
      staff,
      active: 0,
      newUsers: 0,
      wauChange: 0,
      mauChange: 0,
    }))
  }

  type(day: number, type: number, staff: boolean): TypeCell {
    const key = (day * spread + type) * 2 + Number(staff)
    return rowOf(this.types, key, () => ({ day, type, staff, events: 0 }))
  }

  quarter(quarter: number, staff: boolean): QuarterCell {
    const key = quarter * 2 + Number(staff)
    return rowOf(this.quarters, key, () => ({ quarter, staff, activity: 0, succeeded: 0, failed: 0 }))
  }

  first(day: number, quarter: number, staff: boolean): FirstCell {
    const key = `${day} ${quarter} ${staff}`
    return rowOf(this.firsts, key, () => ({ day, quarter, staff, active: 0, newUsers: 0 }))
  }

  cohort(unit: CohortUnit, cohort: number, at: { age: number; staff: boolean }): CohortCell {
    const key = `${unit} ${cohort} ${at.age} ${at.staff}`
    return rowOf(this.cohorts, key, () => ({ unit, cohort, ...at, people: 0 }))
  }

  setActiveDay(day: number, uid: number, staff: boolean | null): void {
    this.activeDays.set(`${day} ${uid}`, { day, uid, staff })
  }
}

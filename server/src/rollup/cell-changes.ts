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
interface SegmentCell {
  staff: boolean
  day: number
  flags: number
  people: number
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

/** More than there are event types, flags and days of an age: keeps the parts of a key apart. */
const spread = 2 ** 17
/** More than there are quarter hours until the year 2089. */
const quarterSpread = 2 ** 22

/** What is to be added to the stored cells: many events leave one change per cell. */
export class CellChanges {
  readonly days = new Map<number, DayCell>()
  readonly types = new Map<number, TypeCell>()
  readonly quarters = new Map<number, QuarterCell>()
  readonly firsts = new Map<number, FirstCell>()
  readonly cohorts = new Map<number, CohortCell>()
  /** Days of people who may be kept there already: by day, their uids. */
  readonly keptBefore = new Map<number, Set<number>>()
  readonly segments = new Map<number, SegmentCell>()
  /** By day and uid: the audience the day is kept under from now on, null where it is kept no more. */
  readonly activeDays = new Map<number, Map<number, boolean | null>>()
  /** Days whose money is to be counted anew. */
  readonly moneyDays = new Set<number>()

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
    const key = (day * quarterSpread + quarter) * 2 + Number(staff)
    return rowOf(this.firsts, key, () => ({ day, quarter, staff, active: 0, newUsers: 0 }))
  }

  cohort(unit: CohortUnit, cohort: number, { age, staff }: { age: number; staff: boolean }): CohortCell {
    const place = cohortUnits.indexOf(unit)
    const key = ((cohort * spread + age) * cohortUnits.length + place) * 2 + Number(staff)
    return rowOf(this.cohorts, key, () => ({ unit, cohort, age, staff, people: 0 }))
  }

  segment(day: number, flags: number, staff: boolean): SegmentCell {
    const key = (day * spread + flags) * 2 + Number(staff)
    return rowOf(this.segments, key, () => ({ staff, day, flags, people: 0 }))
  }

  /** A day on which the person was not known to be active. */
  addActiveDay(day: number, uid: number, staff: boolean): void {
    rowOf(this.activeDays, day, () => new Map<number, boolean | null>()).set(uid, staff)
  }

  /** A day of a person who is folded anew; null where it is taken back. */
  setActiveDay(day: number, uid: number, staff: boolean | null): void {
    rowOf(this.activeDays, day, () => new Map<number, boolean | null>()).set(uid, staff)
    rowOf(this.keptBefore, day, () => new Set<number>()).add(uid)
  }
}

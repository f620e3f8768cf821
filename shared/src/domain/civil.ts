/** A day of 24 hours, which is what a local clock shows; real days of a zone may be longer or shorter. */
export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000

/** A calendar period. */
export type Unit = 'hour' | 'day' | 'week' | 'month' | 'year'

/** A calendar period that is made of whole local days. */
export type DayUnit = Exclude<Unit, 'hour'>

export type WeekStart = 'monday' | 'sunday' | 'saturday'

/** Day 0, 1970-01-01, was a Thursday: so many days before it the week that holds it began. */
const daysIntoWeek: Record<WeekStart, number> = { monday: 3, sunday: 4, saturday: 5 }

/** The number of a date, counted from 1970-01-01 = 0. `month` is 1–12. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS
}

/** `YYYY-MM-DD` of a day number. */
export function dayLabel(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The number of the week that holds a day; weeks count up by one. */
export function weekOfDay(day: number, weekStart: WeekStart): number {
  return Math.floor((day + daysIntoWeek[weekStart]) / 7)
}

/** The first day of a week. */
export function firstDayOfWeek(week: number, weekStart: WeekStart): number {
  return week * 7 - daysIntoWeek[weekStart]
}

/**
 * The number of the month that holds a day, counted from January 1970 = 0.
 * Integer arithmetic because it runs once per event (source: H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", civil_from_days: years are taken to begin in March, in eras of 400 years).
 */
export function monthOfDay(day: number): number {
  const sinceEra0 = day + 719_468
  const era = Math.floor(sinceEra0 / 146_097)
  const dayOfEra = sinceEra0 - era * 146_097
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - 365 * yearOfEra - Math.floor(yearOfEra / 4) + Math.floor(yearOfEra / 100)
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  return (era * 400 + yearOfEra - 1970) * 12 + monthFromMarch + 2
}

/** The first day of a month counted from January 1970 = 0. */
export function firstDayOfMonth(month: number): number {
  return dayNumber(1970 + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1)
}

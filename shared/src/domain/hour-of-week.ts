import { HOUR_MS, type WeekStart } from './civil.ts'

/** A weekday is 1 for Monday to 7 for Sunday, an hour 0 to 23. */
export type HourOfWeek = { weekday: number; hour: number }

export const hoursOfWeek = 168
/** 1970-01-01 was a Thursday: so many hours of its week had gone by. */
const hoursBefore = 3 * 24

const firstWeekday: Record<WeekStart, number> = { monday: 1, sunday: 7, saturday: 6 }

/** The hour of the week (0 = Monday 00:00) of a local hour counted from 1970-01-01T00:00, which is not negative. */
export function placeInWeek(localHour: number): number {
  return (localHour + hoursBefore) % hoursOfWeek
}

/** The hour of the week (0 = Monday 00:00) that clocks show at a local time, in ms since 1970-01-01T00:00. */
export function hourOfWeekAt(localMs: number): number {
  const place = placeInWeek(Math.floor(localMs / HOUR_MS))
  return place < 0 ? place + hoursOfWeek : place
}

/** All hours of the week in order, from the first weekday on, each with its place (0 = Monday 00:00). */
export function weekHours(weekStart: WeekStart): (HourOfWeek & { place: number })[] {
  const first = (firstWeekday[weekStart] - 1) * 24
  return Array.from({ length: hoursOfWeek }, (_, index) => {
    const place = (first + index) % hoursOfWeek
    return { weekday: Math.floor(place / 24) + 1, hour: place % 24, place }
  })
}

export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

/** The history covers a year in UTC; its last day is still running. */
export const historyDays = 365
export const lastDay = Date.UTC(2026, 5, 30) / dayMs
export const firstDay = lastDay - historyDays + 1

/** When every question is asked, in ms. */
export const now = lastDay * dayMs + 18 * hourMs + 7 * minuteMs

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

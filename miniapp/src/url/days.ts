// Local days of the reporting zone are plain dates here: `YYYY-MM-DD`, counted as days of UTC. Instants are turned
// into days by the server alone.

const dayMs = 86_400_000

/** Whether `text` is a calendar day that exists. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: string, count: number): string {
  return new Date(at(day) + count * dayMs).toISOString().slice(0, 10)
}

/** Days from `from` to `to`: 0 for the same day. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / dayMs)
}

export type WeekStart = 'monday' | 'sunday' | 'saturday'
export type Period = 'hour' | 'day' | 'week' | 'month' | 'year'

const firstWeekday = { sunday: 0, monday: 1, saturday: 6 } as const

/** The first day of the week that holds `day`. */
export function weekOf(day: string, weekStart: WeekStart): string {
  const weekday = new Date(at(day)).getUTCDay()
  return addDays(day, -((weekday - firstWeekday[weekStart] + 7) % 7))
}

/** How many calendar periods the days `from` to `to` touch. */
export function periodsTouched(
  range: { from: string; to: string },
  period: Period,
  weekStart: WeekStart,
): number {
  const { from, to } = range
  if (period === 'hour') return (daysBetween(from, to) + 1) * 24
  if (period === 'day') return daysBetween(from, to) + 1
  if (period === 'week') return daysBetween(weekOf(from, weekStart), weekOf(to, weekStart)) / 7 + 1
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  if (period === 'year') return years + 1
  return years * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
}

/** A day in the period that lies `count` periods before the one of `day`. */
export function periodsBefore(day: string, period: Period, count: number): string {
  if (period === 'hour') return addDays(day, -Math.ceil(count / 24))
  if (period === 'day') return addDays(day, -count)
  if (period === 'week') return addDays(day, -7 * count)
  const months =
    Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - count * (period === 'year' ? 12 : 1)
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}-01`
}

import type { Step } from '@botdeck/shared/contract/params'
import { parseStep } from './conditions.ts'
import { type Period, periodsBefore, periodsTouched, type WeekStart } from './days.ts'
import { lengthOf, type Range } from './range.ts'

const periods = ['hour', 'day', 'week', 'month', 'year'] as const
export const retentionPeriods: readonly Period[] = periods

/** What the retention screen keeps in its address; absent means the default. */
export interface RetentionSearch {
  period?: Period
  mode?: 'on_or_after'
  start?: 'recurring'
  reference?: 'previous'
  startEvent?: Step
  returnEvent?: Step
}

/** The retention part of an address; what cannot be read is left out. */
export function parseRetention(raw: Record<string, unknown>): RetentionSearch {
  const period = periods.find((known) => known === raw.period)
  const startEvent = parseStep(raw.startEvent)
  const returnEvent = parseStep(raw.returnEvent)
  return {
    ...(period ? { period } : {}),
    ...(raw.mode === 'on_or_after' ? { mode: 'on_or_after' as const } : {}),
    ...(raw.start === 'recurring' ? { start: 'recurring' as const } : {}),
    ...(raw.reference === 'previous' ? { reference: 'previous' as const } : {}),
    ...(startEvent ? { startEvent } : {}),
    ...(returnEvent ? { returnEvent } : {}),
  }
}

/** The period in which a range reads best: about two weeks to a quarter by day or week, more by month. */
export function naturalPeriod(range: Range): Period {
  const days = lengthOf(range)
  if (days <= 31) return 'day'
  return days <= 190 ? 'week' : 'month'
}

const fewest = { hour: 24, day: 14, week: 8, month: 6, year: 3 } as const
const most = { hour: 48, day: 62, week: 54, month: 36, year: 10 } as const
const widest = { hour: 25, day: 31, week: 27, month: 25, year: 10 } as const

/** The rows and columns of a matrix: `from` lies in the first row's period. */
export interface Matrix {
  from: string
  cohorts: number
  periods: number
}

interface Calendar {
  period: Period
  weekStart: WeekStart
  today: string
}

/**
 * The matrix of a range: a row for each of its periods, but at least as many as a matrix needs to be read (the ones
 * that end with the range) and at most as many as a phone can show; a column for each period begun since the first.
 */
export function matrixOf(range: Range, { period, weekStart, today }: Calendar): Matrix {
  const touched = periodsTouched(range, period, weekStart)
  const cohorts = Math.min(Math.max(touched, fewest[period]), most[period])
  const from = period === 'hour' && cohorts <= 24 ? range.to : periodsBefore(range.to, period, cohorts - 1)
  const begun = periodsTouched({ from, to: today }, period, weekStart)
  return { from, cohorts, periods: Math.max(1, Math.min(begun, widest[period])) }
}

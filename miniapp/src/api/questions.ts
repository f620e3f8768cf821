import type { Period } from '../url/days.ts'
import type { FunnelDefinition } from '../url/funnel.ts'
import type { Matrix, RetentionSearch } from '../url/retention.ts'
import type { TrendDefinition } from '../url/trend.ts'
import { type Filters, filterBody, filterQuery, type Scope } from './scope.ts'

/** A retention matrix: its rows and columns, its options, and whom it counts. */
export interface RetentionQuestion extends Filters {
  matrix: Matrix
  period: Period
  options: Omit<RetentionSearch, 'period'>
}

/** What `POST /api/stats/retention` takes; its twin takes the same and the cell. */
export function retentionBody({ matrix, period, options, ...filters }: RetentionQuestion) {
  return { ...matrix, period, ...options, ...filterBody(filters) }
}

export interface CohortQuestion extends Filters {
  matrix: Matrix
  period: Period
}

/** What `GET /api/stats/cohorts` takes; its twin takes the same and the cell. */
export function cohortQuery({ matrix, period, ...filters }: CohortQuestion) {
  const { from, cohorts, periods } = matrix
  return { period, from, cohorts: String(cohorts), periods: String(periods), ...filterQuery(filters) }
}

/** What `POST /api/stats/funnel` takes; its twin takes the same and the cell. */
export function funnelBody({ from, to, ...filters }: Scope, { steps, window }: FunnelDefinition) {
  return { from, to, steps, window, ...filterBody(filters) }
}

/** A range in intervals. */
export interface IntervalQuestion extends Scope {
  interval: Period
}

/** What stats take that are counted by interval; their twins take the same and the cell. */
export function intervalBody({ from, to, interval, ...filters }: IntervalQuestion) {
  return { from, to, interval, ...filterBody(filters) }
}

/** People or events alone: the sums of a property are for those who ask over the API. */
export function trendBody(question: IntervalQuestion, { event, measure, by }: TrendDefinition) {
  const breakdown = by === null ? {} : { breakdown: { scope: 'user' as const, key: by, limit: 5 } }
  return { ...intervalBody(question), event, measure, ...breakdown }
}

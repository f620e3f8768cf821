import type { Period } from './days.ts'
import { retentionPeriods } from './retention.ts'

/** What the cells of the cohort table show. */
export const measures = ['rate', 'users', 'ltv', 'payers'] as const
export type Measure = (typeof measures)[number]

export interface CohortsSearch {
  period?: Period
  measure?: Measure
}

/** The cohort table's part of an address; what cannot be read is left out. */
export function parseCohorts(raw: Record<string, unknown>): CohortsSearch {
  const period = retentionPeriods.find((known) => known === raw.period)
  const measure = measures.find((known) => known === raw.measure)
  return { ...(period ? { period } : {}), ...(measure ? { measure } : {}) }
}

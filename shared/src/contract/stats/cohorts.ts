import { z } from '@hono/zod-openapi'
import { answered, Bound, integerQuery, Money, pageQuery, Rate, statQuery, Unit } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const { from: _from, to: _to, ...filters } = statQuery

/** What makes a row: the period of the first activity, or a value of the person as it is now. */
const CohortsBy = z
  .string()
  .max(250)
  .regex(/^(date|source|language|tier|variant:.+)$/su, 'date, source, language, tier or variant:<experiment>')
  .openapi({ example: 'source' })

const parameters = {
  by: CohortsBy.optional(),
  period: Unit.optional(),
  from: Bound,
  cohorts: integerQuery(1, 366),
  periods: integerQuery(1, 366),
  ...filters,
}

const fits = (value: { cohorts: number; periods: number }) => value.cohorts * value.periods <= 20_000
const tooMany = { path: ['periods'], message: 'cohorts × periods is at most 20,000' }

const cells = z.array(
  z.object({
    users: z.number(),
    size: z.number(),
    rate: Rate,
    ltv: Money,
    payers: z.number(),
    payerRate: Rate,
    complete: z.boolean(),
  }),
)

/** By date: each period of the range is a row. */
export const Cohorts = z
  .object({
    ...answered,
    rows: z.array(z.object({ start: z.string(), startsAt: z.string(), size: z.number(), cells })),
  })
  .openapi('Cohorts')
export type Cohorts = z.infer<typeof Cohorts>

/** By anything else: each value is a row, null that of the people without one. */
export const CohortsByValue = z
  .object({ ...answered, rows: z.array(z.object({ value: z.string().nullable(), size: z.number(), cells })) })
  .openapi('CohortsByValue')
export type CohortsByValue = z.infer<typeof CohortsByValue>

export const CohortsQuery = z.strictObject(parameters)

export const cohorts = getStat('/api/stats/cohorts', {
  query: CohortsQuery.refine(fits, tooMany),
  answer: z.union([Cohorts, CohortsByValue]),
  summary: 'What each cohort brings',
  description:
    'People by the period of their first activity, how many are active k periods later, the cumulative net revenue per head by the end of that period (`ltv`) and those who have paid by then (`payers`). `by` source, language, tier or variant:<experiment> pools the people of each value who start in the range: k counts from each one’s own period, and a cell holds only people whose own period c + k has ended.',
})

export const CohortsPeopleQuery = z.strictObject({
  ...parameters,
  ...pageQuery,
  cell: z.enum(['users', 'payers', 'size']),
  start: z.string().max(40).optional(),
  value: z.string().max(2000).optional(),
  k: integerQuery(0, 365).optional(),
})

export const cohortsPeople = getStat('/api/stats/cohorts/people', {
  query: CohortsPeopleQuery.refine(fits, tooMany),
  answer: UserPage,
  summary: 'People behind a cell of the cohort table',
  description:
    'By date `start` names the row, by value `value`; without `value` the row of the people who have none. `k` names the column.',
})

import { z } from '@hono/zod-openapi'
import { answered, Bound, integerQuery, Money, pageQuery, Rate, statQuery, Unit } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const { from: _from, to: _to, ...filters } = statQuery

const parameters = {
  by: z.literal('date').optional(),
  period: Unit.optional(),
  from: Bound,
  cohorts: integerQuery(1, 366),
  periods: integerQuery(1, 366),
  ...filters,
}

const fits = (value: { cohorts: number; periods: number }) => value.cohorts * value.periods <= 20_000
const tooMany = { path: ['periods'], message: 'cohorts × periods is at most 20,000' }

export const Cohorts = z
  .object({
    ...answered,
    rows: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        size: z.number(),
        cells: z.array(
          z.object({
            users: z.number(),
            size: z.number(),
            rate: Rate,
            ltv: Money,
            payers: z.number(),
            payerRate: Rate,
            complete: z.boolean(),
          }),
        ),
      }),
    ),
  })
  .openapi('Cohorts')
export type Cohorts = z.infer<typeof Cohorts>

export const CohortsQuery = z.strictObject(parameters)

export const cohorts = getStat('/api/stats/cohorts', {
  query: CohortsQuery.refine(fits, tooMany),
  answer: Cohorts,
  summary: 'What each cohort brings',
  description:
    'People by the period of their first activity, how many are active k periods later, the cumulative net revenue per head by the end of that period (`ltv`) and those who have paid by then (`payers`).',
})

export const CohortsPeopleQuery = z.strictObject({
  ...parameters,
  ...pageQuery,
  cell: z.enum(['users', 'payers', 'size']),
  start: z.string().max(40),
  k: integerQuery(0, 365).optional(),
})

export const cohortsPeople = getStat('/api/stats/cohorts/people', {
  query: CohortsPeopleQuery.refine(fits, tooMany),
  answer: UserPage,
  summary: 'People behind a cell of the cohort table',
  description: '`start` names the row, `k` the column.',
})

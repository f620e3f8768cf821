import { z } from '@hono/zod-openapi'
import { answered, Bound, pageBody, Rate, Step, statBody, Unit } from '../params.ts'
import { postStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const parameters = {
  from: Bound,
  period: Unit,
  cohorts: z.number().int().min(1).max(366),
  periods: z.number().int().min(1).max(366),
  start: z.enum(['first_time', 'recurring']).default('first_time'),
  startEvent: Step.optional(),
  returnEvent: Step.optional(),
  mode: z.enum(['on', 'on_or_after']).default('on'),
  reference: z.enum(['cohort', 'previous']).default('cohort'),
  ...statBody,
}

const tooMany = { path: ['periods'], message: 'cohorts × periods is at most 20,000' }
const fits = (value: { cohorts: number; periods: number }) => value.cohorts * value.periods <= 20_000

export const RetentionParams = z.strictObject(parameters).refine(fits, tooMany).openapi('RetentionParams')
export type RetentionParams = z.output<typeof RetentionParams>

/** Without `cohort` the pooled row: everybody counted in `overall[interval]`. */
export const RetentionPeopleParams = z
  .strictObject({
    ...parameters,
    ...pageBody,
    cohort: z.number().int().min(0).max(365).optional(),
    interval: z.number().int().min(0).max(365),
  })
  .refine(fits, tooMany)
export type RetentionPeopleParams = z.output<typeof RetentionPeopleParams>

export const Retention = z
  .object({
    ...answered,
    cohorts: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        size: z.number(),
        cells: z.array(z.object({ users: z.number(), rate: Rate, complete: z.boolean() })),
      }),
    ),
    overall: z.array(z.object({ users: z.number(), size: z.number(), rate: Rate })),
  })
  .openapi('Retention')
export type Retention = z.infer<typeof Retention>

export const retention = postStat('/api/stats/retention', {
  body: RetentionParams,
  answer: Retention,
  summary: 'Who comes back',
  description:
    'A cohort is the people who start in one period; cell k counts those who did the return event k periods later (`on`) or then and any time after (`on_or_after`). The overall row pools the complete cells.',
})

export const retentionPeople = postStat('/api/stats/retention/people', {
  body: RetentionPeopleParams,
  answer: UserPage,
  summary: 'People behind a cell of the retention matrix',
  description: '`cohort` is the row and `interval` the column, both from 0; without `cohort` the pooled row.',
})

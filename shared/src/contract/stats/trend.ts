import { z } from '@hono/zod-openapi'
import { isOfNumbers, trendMeasures } from '#domain/trend'
import { answered, Bound, pageBody, Step, statBody, Unit } from '../params.ts'
import { postStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const parameters = {
  from: Bound,
  to: Bound,
  interval: Unit.default('day'),
  event: Step.default({ event: null }),
  measure: z.enum(trendMeasures),
  property: z.string().min(1).max(200).optional(),
  breakdown: z
    .strictObject({
      scope: z.enum(['event', 'user']),
      key: z.string().min(1).max(200),
      limit: z.number().int().min(1).max(100).default(10),
    })
    .optional(),
  ...statBody,
}

const needsProperty = { path: ['property'], message: 'sum and average are of a property' }
const hasProperty = ({
  measure,
  property,
}: {
  measure: (typeof trendMeasures)[number]
  property?: unknown
}) => !isOfNumbers(measure) || property !== undefined

export const TrendParams = z
  .strictObject(parameters)
  .refine(hasProperty, needsProperty)
  .openapi('TrendParams')
export type TrendParams = z.output<typeof TrendParams>

export const TrendPeopleParams = z
  .strictObject({
    ...parameters,
    ...pageBody,
    start: z.string().max(40).optional(),
    breakdownValue: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).optional(),
    other: z.literal(true).optional(),
  })
  .refine(hasProperty, needsProperty)
  .superRefine(({ breakdown, breakdownValue, other }, issue) => {
    const fault = (field: string, message: string) =>
      issue.addIssue({ code: 'custom', path: [field], message })
    if (breakdownValue !== undefined && !breakdown) fault('breakdownValue', 'there is no breakdown')
    if (other && !breakdown) fault('other', 'there is no breakdown')
    if (other && breakdownValue !== undefined) fault('other', 'a value or the others, not both')
  })
export type TrendPeopleParams = z.output<typeof TrendPeopleParams>

const series = {
  total: z.number().nullable(),
  points: z.array(
    z.object({
      start: z.string(),
      startsAt: z.string(),
      value: z.number().nullable(),
      complete: z.boolean(),
    }),
  ),
}

export const Trend = z
  .object({
    ...answered,
    ...series,
    breakdown: z
      .array(
        z.object({ value: z.string().nullable().optional(), other: z.literal(true).optional(), ...series }),
      )
      .optional(),
  })
  .openapi('Trend')
export type Trend = z.infer<typeof Trend>

export const trend = postStat('/api/stats/trend', {
  body: TrendParams,
  answer: Trend,
  summary: 'How often something happens',
  description:
    'Per period the events, the distinct people who did them, or the sum or the average of a property, numeric text included. The total is that of the whole range: distinct people, the sum, or sum ÷ events.',
})

export const trendPeople = postStat('/api/stats/trend/people', {
  body: TrendPeopleParams,
  answer: UserPage,
  summary: 'People behind a trend',
  description:
    '`start` names a point, else the whole range; `breakdownValue` a value of the breakdown, null those without one; `other` the values beyond the limit.',
})

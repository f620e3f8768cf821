import { z } from '@hono/zod-openapi'
import { windowLength } from '#domain/funnel-rules'
import { answered, Bound, pageBody, Rate, Step, statBody, Unit } from '../params.ts'
import { postStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const dayMs = 86_400_000

/** Fixed lengths: a day is 24 hours, a week 7 days, a month 30 days. */
export const FunnelWindow = z
  .strictObject({
    value: z.number().positive(),
    unit: z.enum(['second', 'minute', 'hour', 'day', 'week', 'month']),
  })
  .refine(
    (window) => windowLength(window) >= 1000 && windowLength(window) <= 365 * dayMs,
    '1 second to 365 days',
  )
export type FunnelWindow = z.infer<typeof FunnelWindow>

/** Steps are counted from 0. */
const stepIndex = z.number().int().min(0).max(9)

/** An event that throws an attempt away between two steps; between the first and the last where none are named. */
export const FunnelExclusion = z
  .strictObject({ ...Step.shape, fromStep: stepIndex.optional(), toStep: stepIndex.optional() })
  .openapi('FunnelExclusion')

const parameters = {
  from: Bound,
  to: Bound,
  steps: z.array(Step).min(2).max(10),
  order: z.enum(['ordered', 'strict', 'unordered']).default('ordered'),
  window: FunnelWindow.default({ value: 7, unit: 'day' }),
  exclusions: z.array(FunnelExclusion).max(10).optional(),
  breakdown: z
    .strictObject({
      scope: z.enum(['event', 'user']),
      key: z.string().min(1).max(200),
      limit: z.number().int().min(1).max(100).default(10),
    })
    .optional(),
  report: z.enum(['steps', 'trend']).default('steps'),
  /** Of a trend: a day where not given. */
  interval: Unit.optional(),
  fromStep: stepIndex.optional(),
  toStep: stepIndex.optional(),
  ...statBody,
}

const Parameters = z.strictObject(parameters)
type Issues = z.core.$RefinementCtx

function fault(issues: Issues, path: (string | number)[], message: string): void {
  issues.addIssue({ code: 'custom', path, message })
}

/** Whether `fromStep < toStep < steps`, for the trend and for each exclusion; and what only one report has. */
function checkSteps(params: z.output<typeof Parameters>, issues: Issues): void {
  const { steps, exclusions = [], report, breakdown } = params
  const check = (
    span: { fromStep?: number | undefined; toStep?: number | undefined },
    path: (string | number)[],
  ) => {
    const { fromStep = 0, toStep = steps.length - 1 } = span
    if (toStep >= steps.length) fault(issues, [...path, 'toStep'], 'no such step')
    else if (fromStep >= toStep) fault(issues, [...path, 'fromStep'], 'fromStep must come before toStep')
  }
  check(params, [])
  for (const [index, exclusion] of exclusions.entries()) check(exclusion, ['exclusions', index])
  if (breakdown && report === 'trend') fault(issues, ['breakdown'], 'a trend has no breakdown')
}

export const FunnelParams = Parameters.superRefine(checkSteps).openapi('FunnelParams')
export type FunnelParams = z.output<typeof FunnelParams>

const PeopleParameters = z.strictObject({
  ...parameters,
  ...pageBody,
  step: stepIndex.optional(),
  which: z.enum(['reached', 'lost', 'open', 'entered', 'converted']).optional(),
  breakdownValue: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).optional(),
  other: z.literal(true).optional(),
  start: z.string().max(40).optional(),
})
type PeopleParameters = z.output<typeof PeopleParameters>

function checkStep({ step, steps, which = 'reached', ...rest }: PeopleParameters, issues: Issues): void {
  const { breakdown, breakdownValue, other, start } = rest
  if (step === undefined) fault(issues, ['step'], 'which step?')
  else if (step >= steps.length) fault(issues, ['step'], 'no such step')
  if (which === 'entered' || which === 'converted') fault(issues, ['which'], 'reached, lost or open')
  else if (step === 0 && which !== 'reached') fault(issues, ['which'], 'at step 0 only "reached"')
  if (start !== undefined) fault(issues, ['start'], 'only a trend has points')
  if (breakdownValue !== undefined && !breakdown) fault(issues, ['breakdownValue'], 'there is no breakdown')
  if (other && !breakdown) fault(issues, ['other'], 'there is no breakdown')
  if (other && breakdownValue !== undefined) fault(issues, ['other'], 'a value or the others, not both')
}

function checkPoint(
  { step, which = 'entered', start, breakdownValue, other }: PeopleParameters,
  issues: Issues,
): void {
  if (start === undefined) fault(issues, ['start'], 'which point?')
  if (which !== 'entered' && which !== 'converted') fault(issues, ['which'], 'entered or converted')
  if (step !== undefined) fault(issues, ['step'], 'a trend is asked by start')
  if (breakdownValue !== undefined || other) fault(issues, ['breakdownValue'], 'a trend has no breakdown')
}

export const FunnelPeopleParams = PeopleParameters.superRefine(checkSteps).superRefine((params, issues) =>
  params.report === 'trend' ? checkPoint(params, issues) : checkStep(params, issues),
)
export type FunnelPeopleParams = z.output<typeof FunnelPeopleParams>

const durations = { medianSeconds: z.number().nullable(), averageSeconds: z.number().nullable() }

const steps = z.array(
  z.object({
    event: Step.shape.event,
    users: z.number(),
    rateFromStart: Rate,
    rateFromPrevious: Rate,
    lost: z.number(),
    open: z.number(),
    ...durations,
  }),
)

export const Funnel = z
  .object({
    ...answered,
    steps,
    conversion: z.object({ users: z.number(), rate: Rate, ...durations, open: z.number() }),
    breakdown: z
      .array(z.object({ value: z.string().nullable().optional(), other: z.literal(true).optional(), steps }))
      .optional(),
  })
  .openapi('Funnel')
export type Funnel = z.infer<typeof Funnel>

export const FunnelTrend = z
  .object({
    ...answered,
    points: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        entered: z.number(),
        converted: z.number(),
        rate: Rate,
        complete: z.boolean(),
      }),
    ),
  })
  .openapi('FunnelTrend')
export type FunnelTrend = z.infer<typeof FunnelTrend>

export const funnel = postStat('/api/stats/funnel', {
  body: FunnelParams,
  answer: z.union([Funnel, FunnelTrend]),
  summary: 'How far people get',
  description:
    'People who did the steps within the window that runs from their first step, each counted once by the attempt that gets furthest; the range limits when the first step happens. Those whose window is still open stand apart from those lost. With `report: "trend"`, by the period in which attempts began: of the people who reached `fromStep`, those who reached `toStep`.',
})

export const funnelPeople = postStat('/api/stats/funnel/people', {
  body: FunnelPeopleParams,
  answer: UserPage,
  summary: 'People behind a figure of the funnel',
  description:
    'By `step`, `which` reached it, were lost before it, or may still reach it; of a breakdown, those of `breakdownValue` (null: missing) or of the `other` values. Of a trend, by `start` of the point, `which` entered or converted.',
})

import { z } from '@hono/zod-openapi'
import { windowLength } from '#domain/funnel'
import { answered, Bound, pageBody, Rate, Step, statBody } from '../params.ts'
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

const stepIndex = z.number().int().min(0).max(9)

const parameters = {
  from: Bound,
  to: Bound,
  steps: z.array(Step).min(2).max(10),
  order: z.literal('ordered').default('ordered'),
  window: FunnelWindow.default({ value: 7, unit: 'day' }),
  report: z.literal('steps').default('steps'),
  ...statBody,
}

export const FunnelParams = z.strictObject(parameters).openapi('FunnelParams')
export type FunnelParams = z.output<typeof FunnelParams>

export const FunnelPeopleParams = z
  .strictObject({
    ...parameters,
    ...pageBody,
    step: stepIndex,
    which: z.enum(['reached', 'lost', 'open']).default('reached'),
  })
  .superRefine(({ step, steps, which }, issue) => {
    if (step >= steps.length) issue.addIssue({ code: 'custom', path: ['step'], message: 'no such step' })
    if (step === 0 && which !== 'reached')
      issue.addIssue({ code: 'custom', path: ['which'], message: 'at step 0 only "reached"' })
  })
export type FunnelPeopleParams = z.output<typeof FunnelPeopleParams>

export const Funnel = z
  .object({
    ...answered,
    steps: z.array(
      z.object({
        event: Step.shape.event,
        users: z.number(),
        rateFromStart: Rate,
        rateFromPrevious: Rate,
        lost: z.number(),
        open: z.number(),
        medianSeconds: z.number().nullable(),
        averageSeconds: z.number().nullable(),
      }),
    ),
    conversion: z.object({
      users: z.number(),
      rate: Rate,
      medianSeconds: z.number().nullable(),
      averageSeconds: z.number().nullable(),
      open: z.number(),
    }),
  })
  .openapi('Funnel')
export type Funnel = z.infer<typeof Funnel>

export const funnel = postStat('/api/stats/funnel', {
  body: FunnelParams,
  answer: Funnel,
  summary: 'How far people get',
  description:
    'People who did the steps in order within the window that runs from their first step; the range limits when the first step happens. Those whose window is still open stand apart from those lost.',
})

export const funnelPeople = postStat('/api/stats/funnel/people', {
  body: FunnelPeopleParams,
  answer: UserPage,
  summary: 'People behind a step of the funnel',
  description: '`which`: who reached the step, was lost before it, or may still reach it.',
})

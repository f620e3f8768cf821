import { z } from '@hono/zod-openapi'
import { answered, Instant, pageQuery, Rate, Step, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const anyTime = { ...statQuery, from: statQuery.from.optional(), to: statQuery.to.optional() }

const wholeRange = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  (from === undefined) === (to === undefined)
const halfRange = { path: ['to'], message: 'from and to, or neither' }

/** 95 %; both ends null where there is too little to tell. */
const Interval = z.object({ low: z.number().nullable(), high: z.number().nullable() })

export const ExperimentResults = z
  .object({
    ...answered,
    experiments: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        startedAt: Instant,
        endedAt: Instant.nullable(),
        goal: Step,
        goalWindowSeconds: z.number(),
        /** Exposed people each variant needs before the verdict is shown. */
        sampleSize: z.number(),
        sampleReached: z.boolean(),
        exposed: z.number(),
        /** χ² of those whom the present shares assigned; the alarm below p = 0.001. */
        sampleRatio: z.object({
          chi2: z.number().nullable(),
          pValue: z.number().nullable(),
          alarm: z.boolean(),
        }),
        variants: z.array(
          z.object({
            name: z.string(),
            share: z.number(),
            control: z.boolean(),
            exposed: z.number(),
            converted: z.number(),
            /** Not converted, and still in their goal window. */
            open: z.number(),
            rate: Rate,
            interval: Interval,
            /** Rate less that of the control. */
            difference: Rate,
            differenceInterval: Interval,
            pValue: z.number().nullable(),
            verdict: z.enum(['higher', 'lower', 'no_difference']).nullable(),
          }),
        ),
      }),
    ),
  })
  .openapi('ExperimentResults')
export type ExperimentResults = z.infer<typeof ExperimentResults>

const key = z.string().min(1).max(64)

export const experiments = getStat('/api/stats/experiments', {
  query: z.strictObject({ ...anyTime, key: key.optional() }).refine(wholeRange, halfRange),
  answer: ExperimentResults,
  summary: 'What experiments have shown',
  description:
    'Per variant: people exposed (by their first exposure, in the range where one is given), those of them who did the goal within the goal window after it, the rate with its 95 % Wilson interval, the difference to the control with its 95 % interval and two-sided p-value. Below 30 exposed counts alone; the verdict is hidden until the planned sample size is reached, or while people are missing from an arm (sample-ratio check, p < 0.001).',
})

export const experimentsPeople = getStat('/api/stats/experiments/people', {
  query: z
    .strictObject({
      ...anyTime,
      ...pageQuery,
      key,
      cell: z.enum(['exposed', 'converted', 'open']),
      variant: z.string().min(1).max(200).optional(),
    })
    .refine(wholeRange, halfRange),
  answer: UserPage,
  summary: 'People behind an experiment',
  description: '`key` names the experiment, `variant` one of its variants; without it all of them.',
})

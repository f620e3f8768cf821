import { createRoute, z } from '@hono/zod-openapi'
import { Instant, Step } from './params.ts'
import { bearer, body, responses } from './routes.ts'

const yearSeconds = 365 * 86_400

/** What events and conditions name an experiment by. */
export const ExperimentKey = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'letters, digits, "_", "." and "-", 1 to 64')

const Name = z.string().trim().min(1).max(200)

/** Arms of an experiment, the control first. Shares are weights of whatever sum; 0 admits nobody new. */
export const Variants = z
  .array(z.strictObject({ name: z.string().min(1).max(100), share: z.number().min(0).max(1e9) }))
  .min(2)
  .max(10)
  .refine((variants) => variants.some(({ share }) => share > 0), 'one variant at least needs a share above 0')
  .refine(
    (variants) => new Set(variants.map(({ name }) => name)).size === variants.length,
    'names of variants are unique',
  )

/** What the planned sample is computed from: the control's rate, and the absolute change that is to be found. */
export const SamplePlan = z
  .strictObject({
    baseline: z.number().gt(0).lt(1),
    effect: z.number(),
    alpha: z.number().min(0.001).max(0.5).optional(),
    power: z.number().min(0.5).max(0.99).optional(),
  })
  .refine(({ effect }) => Math.abs(effect) >= 0.0001, {
    path: ['effect'],
    message: 'a change of 0.0001 at least',
  })
  .refine(({ baseline, effect }) => baseline + effect > 0 && baseline + effect < 1, {
    path: ['effect'],
    message: 'baseline + effect must lie between 0 and 1',
  })

const SampleSize = z.number().int().min(1).max(1_000_000_000)
const GoalWindowSeconds = z.number().int().min(1).max(yearSeconds)

export const Experiment = z
  .object({
    key: z.string(),
    name: z.string(),
    variants: z.array(z.object({ name: z.string(), share: z.number() })),
    goal: Step,
    goalWindowSeconds: z.number(),
    /** Exposed people each variant needs before the verdict is shown. */
    sampleSize: z.number(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
  })
  .openapi('Experiment')
export type Experiment = z.infer<typeof Experiment>

export const NewExperiment = z
  .strictObject({
    key: ExperimentKey,
    name: Name,
    variants: Variants,
    goal: Step,
    goalWindowSeconds: GoalWindowSeconds.optional(),
    sampleSize: SampleSize.optional(),
    plan: SamplePlan.optional(),
  })
  .refine(({ sampleSize, plan }) => (sampleSize === undefined) !== (plan === undefined), {
    path: ['sampleSize'],
    message: 'either sampleSize or plan',
  })
  .openapi('NewExperiment')

const tags = ['Experiments']

export const listExperiments = createRoute({
  method: 'get',
  path: '/api/experiments',
  tags,
  summary: 'Experiments, the latest first',
  security: bearer,
  responses: responses(z.object({ experiments: z.array(Experiment) })),
})

export const createExperiment = createRoute({
  method: 'post',
  path: '/api/experiments',
  tags,
  summary: 'Start an experiment',
  description:
    'It begins at once. The first variant is the control. A goal event counts within `goalWindowSeconds` of the exposure (7 days). The planned sample per variant is given, or computed from `plan` (alpha 0.05, power 0.8). Who uses a variant posts `experiment_exposed`; `assignVariant` of the documentation says which.',
  security: bearer,
  request: body(NewExperiment),
  responses: responses(Experiment),
})

export const changeExperiment = createRoute({
  method: 'patch',
  path: '/api/experiments/{key}',
  tags,
  summary: 'Rename an experiment, change its shares, end it',
  description:
    'Shares are given for the same variants; they hold for people not yet exposed, nobody moves. An experiment that has ended can be renamed alone.',
  security: bearer,
  request: {
    params: z.object({ key: z.string().min(1).max(64) }),
    ...body(
      z.strictObject({
        name: Name.optional(),
        variants: Variants.optional(),
        ended: z.literal(true).optional(),
      }),
    ),
  },
  responses: responses(Experiment),
})

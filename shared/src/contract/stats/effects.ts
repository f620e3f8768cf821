import { z } from '@hono/zod-openapi'
import { answered, Money, pageQuery, Rate, statQuery, Unit } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const EffectFigures = z.object({
  /** Pictures that ended: succeeded + failed. */
  uses: z.number(),
  users: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  successRate: Rate,
  /** `count` failures of `users` people, most first. */
  failures: z.array(z.object({ errorType: z.string(), count: z.number(), users: z.number() })),
  /** Of pictures that succeeded; null where none said how long it took. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Pictures given back in the period, whenever they were made. */
  refunds: z.number(),
  /** Credits spent on pictures that succeeded. */
  credits: z.number(),
  /** Credits × average net price of a credit in the period; null where none was sold. */
  revenue: Money.nullable(),
})

const row = {
  ...EffectFigures.shape,
  previous: EffectFigures.nullable(),
  points: z.array(
    z.object({
      start: z.string(),
      startsAt: z.string(),
      uses: z.number(),
      users: z.number(),
      complete: z.boolean(),
    }),
  ),
}

const Period = z.object({ from: z.string(), to: z.string(), creditPrice: Money.nullable() })

export const Effects = z
  .object({
    ...answered,
    /** `creditPrice`: net revenue of the period ÷ credits of the packages sold in it, less refunded ones; unrounded. */
    current: Period,
    previous: Period.nullable(),
    effects: z.array(
      z.object({
        effectId: z.string(),
        /** In English; `names` has it in every language of the bot. */
        name: z.string(),
        names: z.object({ en: z.string(), ru: z.string() }),
        ...row,
      }),
    ),
    total: z.object(row),
  })
  .openapi('Effects')
export type Effects = z.infer<typeof Effects>

const parameters = { ...statQuery, interval: Unit.optional() }

export const effects = getStat('/api/stats/effects', {
  query: z.strictObject(parameters),
  answer: Effects,
  summary: 'What effects are used for pictures',
  description:
    'Per effect: pictures that ended in the range (succeeded + failed), the people who asked for them, success rate, failures by type, the median and 95th percentile of processing time, refunds, credits spent, and the revenue attributed to it: credits spent × average net price of a credit (net revenue of the range ÷ credits sold in it).',
})

export const effectsPeople = getStat('/api/stats/effects/people', {
  query: z
    .strictObject({
      ...parameters,
      ...pageQuery,
      cell: z.enum(['uses', 'users', 'succeeded', 'failed', 'refunds']),
      effectId: z.string().min(1).max(200).optional(),
      errorType: z.string().min(1).max(200).optional(),
      start: z.string().max(40).optional(),
    })
    .superRefine(({ cell, errorType, start }, issue) => {
      const fault = (path: string, message: string) =>
        issue.addIssue({ code: 'custom', path: [path], message })
      if (errorType !== undefined && cell !== 'failed') fault('errorType', 'only with cell "failed"')
      if (start !== undefined && cell !== 'uses' && cell !== 'users')
        fault('start', 'points have uses and users alone')
    }),
  answer: UserPage,
  summary: 'People behind a figure of an effect',
  description:
    'Without `effectId` the total; `errorType` with `failed`; `start` names a point, without it `current`.',
})

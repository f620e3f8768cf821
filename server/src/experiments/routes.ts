import {
  changeExperiment as change,
  type ExperimentRow,
  experimentsOf,
  startExperiment,
} from '@botdeck/shared/actions/experiments'
import {
  changeExperiment,
  createExperiment,
  type Experiment,
  listExperiments,
} from '@botdeck/shared/contract/experiments'
import { sampleSize as samplePlanned } from '@botdeck/shared/domain/experiments'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx, Env } from '../context.ts'

const defaultGoalWindowSeconds = 7 * 86_400

function shown({ goal, goalWindow, variants, startedAt, endedAt, ...experiment }: ExperimentRow): Experiment {
  return {
    ...experiment,
    variants: variants.map(({ name, share }) => ({ name, share })),
    // @NOTE The column holds what the contract's schema let in.
    goal: goal as Experiment['goal'],
    goalWindowSeconds: goalWindow / 1000,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  }
}

/** Experiments: begun, changed and ended here; their results are the stat of that name. */
export function experimentRoutes({ db, clock }: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(listExperiments, async (c) => c.json({ experiments: (await experimentsOf(db)).map(shown) }, 200))
    .openapi(createExperiment, async (c) => {
      const { plan, sampleSize, goalWindowSeconds = defaultGoalWindowSeconds, ...rest } = c.req.valid('json')
      // The schema demands one of both.
      const planned = plan ? samplePlanned(plan) : (sampleSize ?? 1)
      const begun = { ...rest, goalWindow: goalWindowSeconds * 1000, sampleSize: planned }
      return c.json(shown(await db.transaction((tx) => startExperiment(tx, begun, clock()))), 200)
    })
    .openapi(changeExperiment, async (c) => {
      const { key } = c.req.valid('param')
      const asked = { ...c.req.valid('json'), now: clock() }
      return c.json(shown(await db.transaction((tx) => change(tx, key, asked))), 200)
    })
}

import { asc, desc, eq } from 'drizzle-orm'
import { AppError } from '#contract/errors'
import type { Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'
import type { Step } from '#domain/conditions'
import type { Variant } from '#domain/experiments'

export type ExperimentRow = Tables['experiments']['$inferSelect']

/** Every experiment, the latest first. */
export async function experimentsOf(db: Queryable): Promise<ExperimentRow[]> {
  const { experiments } = db.t
  return db.orm.select().from(experiments).orderBy(desc(experiments.startedAt), asc(experiments.key))
}

/** Begins an experiment. Throws `conflict` where there is, or was, one of that key. */
export async function startExperiment(
  tx: Tx,
  plan: {
    key: string
    name: string
    variants: readonly Variant[]
    goal: Step
    /** In ms. */
    goalWindow: number
    sampleSize: number
  },
  now: number,
): Promise<ExperimentRow> {
  // The first shares hold from the beginning: exposures may be imported, or posted before the plan was written down.
  const variants = plan.variants.map((variant) => ({ ...variant, since: 0 }))
  const [row] = await tx.orm
    .insert(tx.t.experiments)
    .values({ ...plan, variants, startedAt: now })
    .onConflictDoNothing()
    .returning()
  if (!row) throw new AppError('conflict', 'There is an experiment of that key', { field: 'key' })
  return row
}

/** The shares of new people from now on; everybody exposed before keeps their variant. */
function withShares(experiment: ExperimentRow, asked: readonly Variant[], now: number) {
  const names = ({ variants }: { variants: readonly { name: string }[] }) =>
    variants.map(({ name }) => name).join('\n')
  if (names(experiment) !== names({ variants: asked }))
    throw new AppError('invalid_params', 'the variants of an experiment stay as they are, in their order', {
      field: 'variants',
    })
  const same = asked.every(({ share }, index) => share === experiment.variants[index]?.share)
  return same ? experiment.variants : asked.map((variant) => ({ ...variant, since: now }))
}

/**
 * Renames an experiment, changes its shares or ends it. Throws `not_found`, `invalid_params` for other variants than it
 * has, and `conflict` for changing one that has ended.
 */
export async function changeExperiment(
  tx: Tx,
  key: string,
  asked: {
    name?: string | undefined
    variants?: readonly Variant[] | undefined
    ended?: true | undefined
    now: number
  },
): Promise<ExperimentRow> {
  const { experiments } = tx.t
  const [experiment] = await tx.orm.select().from(experiments).where(eq(experiments.key, key))
  if (!experiment) throw new AppError('not_found', 'There is no such experiment')
  const { name = experiment.name, variants, ended, now } = asked
  if (experiment.endedAt !== null && variants !== undefined)
    throw new AppError('conflict', 'The experiment has ended')
  const [row] = await tx.orm
    .update(experiments)
    .set({
      name,
      variants: variants === undefined ? experiment.variants : withShares(experiment, variants, now),
      endedAt: ended ? (experiment.endedAt ?? now) : experiment.endedAt,
    })
    .where(eq(experiments.key, key))
    .returning()
  if (!row) throw new Error('the experiment was not changed')
  return row
}

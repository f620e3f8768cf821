import { findEventTypes } from '@botdeck/shared/actions/event-types'
import { valueText } from '@botdeck/shared/domain/conditions'
import { sql } from 'drizzle-orm'
import { firstExposures } from '../events/exposures.ts'
import { slicesOf } from '../rollup/store.ts'
import type { View } from '../stats/view.ts'
import { peopleTable } from './people-table.ts'
import { CodeColumn } from './person-column.ts'

/** Everybody's variant in one experiment, as the events up to the watermark say. */
interface Variants {
  generation: number
  watermark: number
  variants: CodeColumn
}

/** New events among which exposures are looked for in rows; after more, all are read anew. */
const mostEvents = 200_000
/** Experiments that are kept; those asked for longest ago give way. */
const mostKept = 20

const everybody = { has: () => true, fieldOf: () => () => undefined }
const kept = new WeakMap<object, Map<string, Variants>>()

async function readAll(view: View, experiment: string): Promise<Variants> {
  const { generation, watermark } = view
  const variants = new CodeColumn((await peopleTable(view)).people)
  for (const [uid, { variant }] of await firstExposures(view, experiment, { audience: everybody }))
    variants.set(uid, variant)
  return { generation, watermark, variants }
}

interface ExposureRow {
  uid: number
  props: string | null
}

/** The variant that an event exposed somebody to; undefined where it is of another experiment. */
function variantIn({ props }: ExposureRow, experiment: string): string | undefined {
  // @NOTE The column holds objects alone.
  const values = JSON.parse(props ?? '{}') as Record<string, unknown>
  return valueText(values.experiment) === experiment ? (valueText(values.variant) ?? undefined) : undefined
}

/** Takes the exposures that came after. Who has been exposed to two variants is looked up: the first by (time, id) decides. */
async function takeNew({ db, watermark }: View, experiment: string, known: Variants): Promise<Variants> {
  const { variants } = known
  const type = (await findEventTypes(db, ['experiment_exposed'])).get('experiment_exposed') ?? 0
  const rows = await db.all<ExposureRow>(sql`
    select uid, props from events
    where id > ${known.watermark} and id <= ${watermark} and type = ${type} order by id`)
  const doubtful = new Set<number>()
  for (const row of rows) {
    const variant = variantIn(row, experiment)
    const before = variants.of(row.uid)
    if (variant === undefined || variant === before) continue
    if (before === undefined) variants.set(row.uid, variant)
    else doubtful.add(row.uid)
  }
  for (const uids of slicesOf(doubtful)) {
    const all = await db.all<ExposureRow>(sql`
      select uid, props from events
      where uid in ${uids} and type = ${type} and id <= ${watermark} order by at desc, id desc`)
    // The first comes last.
    for (const row of all) {
      const variant = variantIn(row, experiment)
      if (variant !== undefined) variants.set(row.uid, variant)
    }
  }
  return { ...known, watermark }
}

/**
 * Everybody's variant in an experiment at the view: that of the first exposure. Kept from one question to the next, and
 * brought up to date with the exposures that came between.
 */
export async function variantsOf(view: View, experiment: string): Promise<CodeColumn> {
  const { database, generation, watermark } = view
  const byExperiment = kept.get(database) ?? new Map<string, Variants>()
  kept.set(database, byExperiment)
  const known = byExperiment.get(experiment)
  const ahead = known ? watermark - known.watermark : -1
  const goesOn = known && known.generation === generation && ahead >= 0 && ahead <= mostEvents
  const fresh = goesOn ? await takeNew(view, experiment, known) : await readAll(view, experiment)
  byExperiment.delete(experiment)
  byExperiment.set(experiment, fresh)
  const [oldest] = byExperiment.keys()
  if (oldest !== undefined && byExperiment.size > mostKept) byExperiment.delete(oldest)
  return fresh.variants
}

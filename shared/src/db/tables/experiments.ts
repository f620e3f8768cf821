import { sql } from 'drizzle-orm'
import type { Step } from '#domain/conditions'
import type { Kit } from '../columns-sqlite.ts'

/** What an experiment is to find out. Who is in which variant, and since when, is what `experiment_exposed` events say. */
export function experimentsTable(kit: Kit) {
  return kit.table(
    'experiments',
    {
      /** The name that events and assignment use. */
      key: kit.text().primaryKey(),
      name: kit.text().notNull(),
      /** The first is the control; shares are weights, and hold for people first exposed from `since` (ms) on. */
      variants: kit.json<{ name: string; share: number; since: number }[]>().notNull(),
      goal: kit.json<Step>().notNull(),
      /** How long after the exposure a goal event counts, in ms. */
      goalWindow: kit.big().notNull(),
      /** Exposed people per variant from which on the verdict is shown. */
      sampleSize: kit.int().notNull(),
      startedAt: kit.big().notNull(),
      endedAt: kit.big(),
    },
    (t) => [
      kit.check('experiments_window', sql`${t.goalWindow} > 0`),
      kit.check('experiments_sample', sql`${t.sampleSize} > 0`),
    ],
  )
}

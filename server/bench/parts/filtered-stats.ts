import { activity90 } from '../questions/activity.ts'
import { byEffect, byPlan, bySourceAndLanguage, byTier } from '../questions/filters.ts'
import { dailyRetention } from '../questions/retention.ts'
import { compare } from './comparison.ts'
import type { Part } from './part.ts'

/** Stats narrowed to some people or events, which columns answer. */
export const filteredStats: Part = {
  name: 'filtered',
  title: 'Filtered stats',
  run: (stage) =>
    compare(stage, {
      questions: [
        activity90(bySourceAndLanguage),
        activity90(byTier),
        activity90(byPlan),
        activity90(byEffect),
        dailyRetention(bySourceAndLanguage),
        dailyRetention(byTier),
      ],
      engines: ['duckdb'],
      goals: () => ({ faster: { duckdb: 4 }, ms: 40 }),
    }),
}

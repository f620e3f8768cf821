import { activity90 } from '../questions/activity.ts'
import { overview } from '../questions/overview.ts'
import { dailyRetention, weeklyRetention } from '../questions/retention.ts'
import { compare } from './comparison.ts'
import type { Part } from './part.ts'

/** What the panel shows by default, which the cells hold. */
export const defaultStats: Part = {
  name: 'default',
  title: 'Default stats',
  run: (stage) =>
    compare(stage, {
      questions: [overview(1), overview(7), overview(30), activity90(), dailyRetention(), weeklyRetention],
      engines: ['duckdb', 'postgres', 'sqlite'],
      goals: () => ({ faster: { duckdb: 25, postgres: 250 }, ms: 5, growth: 3 }),
    }),
}

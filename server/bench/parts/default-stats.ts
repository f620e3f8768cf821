import { defaultQuestions } from '../questions/panel.ts'
import { compare } from './comparison.ts'
import type { Part } from './part.ts'

/** What the panel shows by default, which the cells hold. */
export const defaultStats: Part = {
  name: 'default',
  title: 'Default stats',
  run: (stage) =>
    compare(stage, {
      questions: defaultQuestions,
      engines: ['duckdb', 'postgres', 'sqlite'],
      goals: () => ({ faster: { duckdb: 25, postgres: 250 }, ms: 5, growth: 3 }),
    }),
}

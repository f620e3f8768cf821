import { filteredQuestions } from '../questions/panel.ts'
import { compare } from './comparison.ts'
import type { Part } from './part.ts'

/** Stats narrowed to some people or events, which columns answer. */
export const filteredStats: Part = {
  name: 'filtered',
  title: 'Filtered stats',
  run: (stage) =>
    compare(stage, {
      questions: filteredQuestions,
      engines: ['duckdb'],
      goals: () => ({ faster: { duckdb: 4 }, ms: 40 }),
    }),
}

import { freeFunnels, planFunnels, propertyFunnels, yearFunnels } from '../questions/funnel-list.ts'
import type { Question } from '../questions/question.ts'
import { compare, type Goals } from './comparison.ts'
import type { Part } from './part.ts'

const groups: { questions: readonly Question[]; goals: Goals }[] = [
  { questions: freeFunnels, goals: { faster: { duckdb: 2.5 }, ms: 150 } },
  { questions: yearFunnels, goals: { faster: { duckdb: 2.5 }, ms: 500 } },
  { questions: planFunnels, goals: { ms: 1000 } },
  { questions: propertyFunnels, goals: { ms: 3000 } },
]

/** Funnels of any steps, evaluated by the rules of `domain/` over columns. */
export const funnels: Part = {
  name: 'funnels',
  title: 'Free funnels',
  run: (stage) =>
    compare(stage, {
      questions: groups.flatMap(({ questions }) => questions),
      engines: ['duckdb'],
      goals: (question) => groups.find(({ questions }) => questions.includes(question))?.goals ?? { ms: 500 },
    }),
}

import type { StatName, StatParams } from '../../src/stats/requests.ts'
import type { Dialect } from '../engines/engine.ts'

/** Rows of figures: what the engines' answers are compared by. Their order does not matter. */
export type Figures = readonly (readonly unknown[])[]

/** One stat with its parameters, and plain SQL that has the same figures. */
export interface Question {
  /** What the line of the report calls it. */
  title: string
  stat: StatName
  params: StatParams[StatName]
  /** The figures of the stat's answer that SQL has too; it throws for an answer of another shape. */
  figures: (answer: unknown) => Figures
  /** Statements whose rows together are the figures. */
  sql: (dialect: Dialect) => string[]
}

/** A question with the types of its stat: `Answer` is the contract's type of the answer. */
export function question<N extends StatName, Answer>(asked: {
  title: string
  stat: N
  params: StatParams[N]
  figures: (answer: Answer) => Figures
  sql: (dialect: Dialect) => string[]
}): Question {
  // @NOTE Stat, parameters and answer belong together by this function's own types; lists of questions forget which.
  return { ...asked, figures: (answer) => asked.figures(answer as Answer) }
}

/** Text by which figures compare: numbers to nine digits, in any order of rows. */
export function figuresText(figures: Figures): string {
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return null
    const number = typeof value === 'string' ? value : Number(value)
    return typeof number === 'number' ? Number(number.toPrecision(9)) : number
  }
  return figures
    .map((row) => JSON.stringify(row.map(cell)))
    .sort()
    .join('\n')
}

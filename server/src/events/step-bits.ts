import { type Condition, conditionTest } from '@botdeck/shared/domain/conditions'
import { conditionsOn } from '../stats/filters.ts'
import type { EventQuery } from './person-events.ts'

/** The bit beside those of the steps: an event meets the conditions that every event must meet. */
export const kept = 2 ** 31

/** What conditions on one property leave of an event's bits. */
export interface PropertyTest {
  key: string
  /** Steps with a condition on the property, as bits; with `kept` where every event must meet one. */
  concerns: number
  /** The bits that a value leaves, those of steps that ask nothing of it among them. */
  bitsOf(value: unknown): number
}

/** Steps taken apart: what the type of an event decides, what its activity, and what each property. */
export interface StepBits {
  /** Steps that name a type. */
  ofType(name: string): number
  /** Steps that any activity matches. */
  ofActivity: number
  tests: readonly PropertyTest[]
}

interface OwnedCondition {
  bit: number
  condition: Condition
}

function testOf(key: string, conditions: readonly OwnedCondition[]): PropertyTest {
  const tests = conditions.map(({ bit, condition: { op, value } }) => ({
    bit,
    test: conditionTest(op, value),
  }))
  return {
    key,
    concerns: tests.reduce((bits, { bit }) => bits | bit, 0),
    bitsOf(value) {
      let bits = -1
      for (const { bit, test } of tests) if (!test(value)) bits &= ~bit
      return bits
    },
  }
}

/** Takes the steps of a query and its conditions on events apart; conditions on people are `personMarks`'. */
export function stepBits({ steps, where }: Pick<EventQuery, 'steps' | 'where'>): StepBits {
  const conditions: OwnedCondition[] = conditionsOn('event', where).map((condition) => ({
    bit: kept,
    condition,
  }))
  const byType = new Map<string, number>()
  let ofActivity = 0
  for (const [index, { event, where: own }] of steps.entries()) {
    const bit = 1 << index
    if (event === null) ofActivity |= bit
    else
      for (const name of typeof event === 'string' ? [event] : event)
        byType.set(name, (byType.get(name) ?? 0) | bit)
    for (const condition of conditionsOn('event', own)) conditions.push({ bit, condition })
  }
  const keys = [...new Set(conditions.map(({ condition }) => condition.key))]
  return {
    ofType: (name) => byType.get(name) ?? 0,
    ofActivity,
    tests: keys.map((key) =>
      testOf(
        key,
        conditions.filter(({ condition }) => condition.key === key),
      ),
    ),
  }
}

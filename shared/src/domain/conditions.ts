import type { EventProps } from './tracking-plan.ts'

export const conditionOps = [
  'eq',
  'ne',
  'contains',
  'not_contains',
  'is_set',
  'is_not_set',
  'gt',
  'lt',
  'ge',
  'le',
] as const

export type ConditionOp = (typeof conditionOps)[number]

/**
 * A condition on a property of the event, as it was, or on a field of its person, as it is now. `key` is a top-level
 * name. `value` may be a list for `eq` (one of) and `ne` (none of); `is_set` and `is_not_set` need none.
 */
export type Condition = { scope: 'event' | 'user'; key: string; op: ConditionOp; value?: unknown }

/**
 * Which events count: those of the named types, whether or not they are activity, or with `null` any activity event;
 * and of them those that meet every condition. An empty list of types matches nothing.
 */
export type Step = { event: string | readonly string[] | null; where?: readonly Condition[] | undefined }

/** What of an event decides whether it matches a step. */
export type MatchableEvent = { type: string; props: EventProps; activity: boolean }

/**
 * The text by which values compare: 1 equals "1", booleans are `true` and `false`, nested values their JSON text.
 * Null for what counts as missing, which null does and "" does not.
 */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The number that a value holds, itself or as decimal text; null where it holds none. */
export function valueNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

type ValueTest = (actual: unknown) => boolean

function oneOf(value: unknown): ValueTest {
  const texts = new Set((Array.isArray(value) ? value : [value]).map(valueText))
  return (actual) => {
    const text = valueText(actual)
    return text !== null && texts.has(text)
  }
}

function containing(value: unknown): ValueTest {
  const part = valueText(value)?.toLowerCase()
  return (actual) => part !== undefined && (valueText(actual)?.toLowerCase().includes(part) ?? false)
}

function compared(value: unknown, holds: (actual: number, limit: number) => boolean): ValueTest {
  const limit = valueNumber(value)
  return (actual) => {
    const number = limit === null ? null : valueNumber(actual)
    return number !== null && limit !== null && holds(number, limit)
  }
}

const isSet: ValueTest = (actual) => valueText(actual) !== null
const not =
  (test: ValueTest): ValueTest =>
  (actual) =>
    !test(actual)

const tests: Record<ConditionOp, (value: unknown) => ValueTest> = {
  eq: oneOf,
  ne: (value) => not(oneOf(value)),
  contains: containing,
  not_contains: (value) => not(containing(value)),
  is_set: () => isSet,
  is_not_set: () => not(isSet),
  gt: (value) => compared(value, (actual, limit) => actual > limit),
  lt: (value) => compared(value, (actual, limit) => actual < limit),
  ge: (value) => compared(value, (actual, limit) => actual >= limit),
  le: (value) => compared(value, (actual, limit) => actual <= limit),
}

/**
 * The test that an operator and its value make, for use on many values. Texts compare exactly, `contains` ignores
 * case, `gt … le` compare numbers and numeric text. A missing value passes `ne`, `not_contains` and `is_not_set` and
 * nothing else.
 */
export function conditionTest(op: ConditionOp, value: unknown): ValueTest {
  return tests[op](value)
}

/** Whether one actual value meets an operator with its value, by the rules of `conditionTest`. */
export function matchCondition(op: ConditionOp, value: unknown, actual: unknown): boolean {
  return conditionTest(op, value)(actual)
}

const negative: readonly ConditionOp[] = ['ne', 'not_contains', 'is_not_set']

/** A person is in several segments: one of them must pass, or with a negative operator all of them. */
function matchMembership({ op, value }: Condition, names: readonly unknown[]): boolean {
  const test = conditionTest(op, value)
  return negative.includes(op) ? names.every(test) : names.some(test)
}

/**
 * Whether every condition holds for the values that `field` gives for a condition's key and scope. For the key
 * `segment` of a person it gives the names of all segments that the person is in.
 */
export function matchesAll(
  conditions: readonly Condition[],
  field: (key: string, scope: Condition['scope']) => unknown,
): boolean {
  return conditions.every((condition) => {
    const actual = field(condition.key, condition.scope)
    if (condition.scope === 'user' && condition.key === 'segment' && Array.isArray(actual))
      return matchMembership(condition, actual)
    return matchCondition(condition.op, condition.value, actual)
  })
}

/**
 * The test that a step makes, for use on many events. It decides by the event alone: conditions on the person are
 * settled beforehand with `settlePerson`.
 */
export function eventMatcher({ event, where = [] }: Step): (event: MatchableEvent) => boolean {
  const types = event === null ? null : new Set(typeof event === 'string' ? [event] : event)
  const conditions = where
    .filter(({ scope }) => scope === 'event')
    .map(({ key, op, value }) => ({ key, test: conditionTest(op, value) }))
  return ({ type, props, activity }) =>
    (types === null ? activity : types.has(type)) &&
    conditions.every(({ key, test }) => test(Object.hasOwn(props, key) ? props[key] : undefined))
}

/** Whether an event matches a step, by the event alone. */
export function matchesEvent(step: Step, event: MatchableEvent): boolean {
  return eventMatcher(step)(event)
}

/**
 * A step as it stands for one person: without its conditions on the person where they hold, matching nothing where
 * they do not. `field` is that of `matchesAll`.
 */
export function settlePerson<S extends Step>(step: S, field: (key: string) => unknown): S {
  const { where = [] } = step
  const ofPerson = where.filter(({ scope }) => scope === 'user')
  if (ofPerson.length === 0) return step
  if (!matchesAll(ofPerson, field)) return { ...step, event: [], where: [] }
  return { ...step, where: where.filter(({ scope }) => scope === 'event') }
}

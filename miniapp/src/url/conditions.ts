import type { Condition, Step } from '@botdeck/shared/contract/params'

const ops = ['eq', 'ne', 'contains', 'not_contains', 'is_set', 'is_not_set', 'gt', 'lt', 'ge', 'le'] as const
export type Op = Condition['op']

/** Every comparison, in the order in which it is offered. */
export const operators: readonly Op[] = ops

/** Whether the comparison stands alone, without a value. */
export function needsValue(op: Op): boolean {
  return op !== 'is_set' && op !== 'is_not_set'
}

/** Whether the comparison is one of numbers. */
export function isNumeric(op: Op): boolean {
  return op === 'gt' || op === 'lt' || op === 'ge' || op === 'le'
}

type Scalar = string | number | boolean

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

/** A condition out of an address; null where it is none that the server would take. */
export function parseCondition(raw: unknown): Condition | null {
  const { scope, key, op: wanted, value } = record(raw) ?? {}
  const op = operators.find((known) => known === wanted)
  if ((scope !== 'event' && scope !== 'user') || typeof key !== 'string' || key === '' || !op) return null
  if (key.length > 200) return null
  if (!needsValue(op)) return { scope, key, op }
  if (Array.isArray(value)) {
    const list = value.filter(isScalar)
    return (op === 'eq' || op === 'ne') && list.length > 0 ? { scope, key, op, value: list } : null
  }
  if (!isScalar(value)) return null
  if (isNumeric(op) && (String(value).trim() === '' || !Number.isFinite(Number(value)))) return null
  return { scope, key, op, value }
}

/** The conditions of a list that can be read; the rest of a damaged link is left out. */
export function parseConditions(raw: unknown): Condition[] {
  if (!Array.isArray(raw)) return []
  return raw.slice(0, 50).flatMap((entry) => parseCondition(entry) ?? [])
}

function parseEvent(raw: unknown): Step['event'] | undefined {
  if (raw === null) return null
  if (typeof raw === 'string' && raw !== '' && raw.length <= 200) return raw
  if (!Array.isArray(raw)) return undefined
  const names = raw.filter((name): name is string => typeof name === 'string' && name !== '').slice(0, 100)
  const [first] = names
  return names.length > 1 ? names : first
}

/** A step out of an address: which events, and their conditions; null where the event is missing. */
export function parseStep(raw: unknown): Step | null {
  const given = record(raw)
  if (given === null) return null
  const event = parseEvent(given.event)
  if (event === undefined) return null
  const where = parseConditions(given.where)
  return where.length > 0 ? { event, where } : { event }
}

/** The event types a step names; none stands for any activity. */
export function eventsOf(step: Step): string[] {
  if (step.event === null) return []
  return typeof step.event === 'string' ? [step.event] : step.event
}

/** A step of these event types: one, several, or any activity where the list is empty. */
export function stepOf(events: readonly string[], where: readonly Condition[] = []): Step {
  const [first] = events
  const event = events.length > 1 ? [...events] : (first ?? null)
  return where.length > 0 ? { event, where: [...where] } : { event }
}

/** Whether a condition that is being written has all it needs. */
export function isComplete(condition: Condition): boolean {
  if (condition.key === '') return false
  if (!needsValue(condition.op)) return true
  return String(condition.value ?? '').trim() !== '' && parseCondition(condition) !== null
}

/** What a person typed as the value of a comparison: a list for "is" with commas, else the text itself. */
export function readValue(op: Op, text: string): NonNullable<Condition['value']> {
  if ((op !== 'eq' && op !== 'ne') || !text.includes(',')) return text
  const parts = text.split(',').flatMap((part) => part.trim() || [])
  const [only] = parts
  return parts.length > 1 ? parts : (only ?? '')
}

/** The value of a condition as it is typed. */
export function writeValue(value: Condition['value']): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}

import { z } from '@hono/zod-openapi'
import { conditionOps, valueNumber } from '#domain/conditions'

/** Amount in the currency's minor unit beside its ISO 4217 code, or whole Stars (`XTR`). Ratios of money are unrounded. */
export const Money = z
  .object({ amount: z.number(), currency: z.string().openapi({ example: 'XTR' }) })
  .openapi('Money')
export type Money = z.infer<typeof Money>

/** A share from 0 to 1; null when its denominator is 0. */
export const Rate = z.number().nullable()

/** An instant on the wire: ISO 8601 in UTC. */
export const Instant = z.string().openapi({ example: '2026-03-01T14:00:00.000Z' })

/** A local day, a local time of the reporting zone, or an instant; a bound includes the whole unit it is written in. */
export const Bound = z.string().min(1).max(40).openapi({ example: '2026-03-01' })

export const WeekStart = z.enum(['monday', 'sunday', 'saturday'])
export type WeekStart = z.infer<typeof WeekStart>

export const Unit = z.enum(['hour', 'day', 'week', 'month', 'year'])
export type Unit = z.infer<typeof Unit>

const Scalar = z.union([z.string().max(2000), z.number(), z.boolean()])
const withoutValue = new Set(['is_set', 'is_not_set'])
const numeric = new Set(['gt', 'lt', 'ge', 'le'])

/**
 * One test of a property. Values compare by their text, `contains` ignores case, `gt … le` compare numbers.
 * A missing property satisfies `ne`, `not_contains` and `is_not_set` alone. Conditions of a list are joined by AND.
 */
export const Condition = z
  .strictObject({
    scope: z.enum(['event', 'user']),
    key: z.string().min(1).max(200),
    op: z.enum(conditionOps),
    value: z.union([Scalar, z.array(Scalar).min(1).max(1000)]).optional(),
  })
  .superRefine((condition, issue) => {
    const { op, value } = condition
    const fault = (message: string) => issue.addIssue({ code: 'custom', path: ['value'], message })
    if (withoutValue.has(op)) {
      if (value !== undefined) fault(`"${op}" takes no value`)
    } else if (value === undefined) fault(`"${op}" needs a value`)
    else if (Array.isArray(value) && op !== 'eq' && op !== 'ne') fault(`"${op}" takes one value, no list`)
    else if (numeric.has(op) && valueNumber(value) === null) fault(`"${op}" compares numbers`)
  })
  .openapi('Condition')
export type Condition = z.infer<typeof Condition>

export const Conditions = z.array(Condition).max(50)

/** At most 200 characters, of which one may be two units of UTF-16. */
export const isShort = (text: string) => text.length <= 200 || (text.length <= 400 && [...text].length <= 200)

/** Event type, matched exactly, custom ones included. */
export const EventTypeName = z.string().min(1).refine(isShort, 'at most 200 characters')

/** The events that satisfy a step: a type, one of several, or `null` for any activity event; then its conditions. */
export const Step = z
  .strictObject({
    event: z.union([EventTypeName, z.array(EventTypeName).min(1).max(100), z.null()]),
    where: Conditions.optional(),
  })
  .openapi('Step')
export type Step = z.infer<typeof Step>

/** A JSON array of conditions in a query string. Text that is no JSON is an invalid parameter, not a malformed request. */
export const WhereQuery = z
  .string()
  .max(20_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'where is not JSON' })
      return z.NEVER
    }
  })
  .pipe(Conditions)
  .openapi({ type: 'string', example: '[{"scope":"user","key":"source","op":"eq","value":"news"}]' })

export const BooleanQuery = z.enum(['true', 'false']).transform((text) => text === 'true')

/** Whole numbers in a query string; typed as text for the client. */
export function integerQuery(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
}

/** One currency by itself, unconverted; without it the reporting currency. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code or XTR')

export const Cursor = z.string().min(1).max(200)

/** What every stat that is asked by GET takes. */
export const statQuery = {
  from: Bound,
  to: Bound,
  includeStaff: BooleanQuery.optional(),
  weekStart: WeekStart.optional(),
  where: WhereQuery.optional(),
}

/** What every stat that is asked by POST takes. */
export const statBody = {
  includeStaff: z.boolean().optional(),
  weekStart: WeekStart.optional(),
  where: Conditions.optional(),
}

export const pageQuery = { limit: integerQuery(1, 1000).optional(), cursor: Cursor.optional() }
export const pageBody = { limit: z.number().int().min(1).max(1000).optional(), cursor: Cursor.optional() }

/** What every stat answers beside its figures: the point of the event log it holds for, and the zone of its days. */
export const answered = { asOf: Instant, timezone: z.string().openapi({ example: 'Europe/Berlin' }) }

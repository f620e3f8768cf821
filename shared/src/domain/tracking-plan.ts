import { isCurrency } from './money.ts'

/**
 * What a property of a built-in event must hold. `text` is a non-empty string, `count` an integer ≥ 0, `integer`
 * any integer, `number` a number ≥ 0, `instant` ISO 8601 text, `currency` XTR or ISO 4217; a list is one of its words.
 */
export type PropertyKind =
  | 'text'
  | 'count'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'instant'
  | 'currency'
  | readonly string[]

/** One built-in event type: whether it is activity of the person, and which properties it carries. */
export type EventDefinition = {
  activity: boolean
  required: Readonly<Record<string, PropertyKind>>
  optional: Readonly<Record<string, PropertyKind>>
  /** Properties with few distinct values, which columns hold as codes: questions about them need not read rows. */
  columns?: readonly string[]
  /** Written by the server alone; refused when it comes from outside. */
  serverOnly?: true
}

/** The properties of an event as they are stored: any JSON under top-level names. */
export type EventProps = Readonly<Record<string, unknown>>

const errorTypes = ['timeout', 'safety_block', 'invalid_image', 'provider_error'] as const

/**
 * Every built-in event type. A missing or wrong required property makes an event invalid; an optional one is kept
 * as it came. Types that are not listed are custom: activity by default, any properties.
 */
export const trackingPlan = {
  started: { activity: true, required: {}, optional: { payload: 'text' } },
  message_received: { activity: true, required: {}, optional: { text: 'text' } },
  message_sent: { activity: false, required: {}, optional: { text: 'text', imageUrl: 'text' } },
  command_used: { activity: true, required: { command: 'text' }, optional: {}, columns: ['command'] },
  category_browsed: {
    activity: true,
    required: { categoryId: 'text' },
    optional: {},
    columns: ['categoryId'],
  },
  effect_viewed: { activity: true, required: { effectId: 'text' }, optional: {}, columns: ['effectId'] },
  generation_requested: {
    activity: true,
    required: { effectId: 'text' },
    optional: { generationId: 'text', credits: 'count' },
    columns: ['effectId', 'credits'],
  },
  generation_succeeded: {
    activity: true,
    required: { effectId: 'text' },
    optional: { generationId: 'text', credits: 'count', processingMs: 'number' },
    columns: ['effectId', 'credits', 'processingMs'],
  },
  generation_failed: {
    activity: true,
    required: { effectId: 'text', errorType: errorTypes },
    optional: { generationId: 'text', processingMs: 'number' },
    columns: ['effectId', 'errorType', 'processingMs'],
  },
  generation_refunded: { activity: false, required: { generationId: 'text' }, optional: {} },
  store_viewed: { activity: true, required: {}, optional: {} },
  invoice_sent: {
    activity: true,
    required: { packageId: 'text', amount: 'count', currency: 'currency' },
    optional: { invoiceId: 'text', method: 'text' },
    columns: ['packageId', 'amount', 'currency', 'method'],
  },
  payment_completed: {
    activity: true,
    required: { packageId: 'text', amount: 'count', currency: 'currency', chargeId: 'text' },
    optional: { invoiceId: 'text', method: 'text', recurring: 'boolean', subscriptionUntil: 'instant' },
    columns: ['packageId', 'amount', 'currency', 'method', 'recurring'],
  },
  payment_failed: {
    activity: false,
    required: { packageId: 'text', reason: 'text' },
    optional: { invoiceId: 'text', method: 'text' },
    columns: ['packageId', 'reason', 'method'],
  },
  payment_cancelled: {
    activity: true,
    required: { packageId: 'text' },
    optional: { invoiceId: 'text' },
    columns: ['packageId'],
  },
  payment_refunded: { activity: false, required: { chargeId: 'text' }, optional: {} },
  promo_entered: {
    activity: true,
    required: { code: 'text', result: 'text' },
    optional: { credits: 'count' },
    columns: ['code', 'result', 'credits'],
  },
  referral_viewed: { activity: true, required: {}, optional: {} },
  share_clicked: { activity: true, required: {}, optional: {} },
  ad_shown: { activity: false, required: { adId: 'text' }, optional: {}, columns: ['adId'] },
  ad_clicked: { activity: true, required: { adId: 'text' }, optional: {}, columns: ['adId'] },
  experiment_exposed: {
    activity: false,
    required: { experiment: 'text', variant: 'text' },
    optional: {},
    columns: ['experiment', 'variant'],
  },
  credits_changed: {
    activity: false,
    required: { delta: 'integer', balance: 'count', reason: 'text' },
    optional: {},
    columns: ['delta', 'reason'],
  },
  bot_blocked: { activity: false, required: {}, optional: {} },
  bot_unblocked: { activity: false, required: {}, optional: {} },
  audience_changed: {
    activity: false,
    required: {},
    optional: { staff: 'boolean' },
    columns: ['staff'],
    serverOnly: true,
  },
  user_created: { activity: false, required: {}, optional: {}, serverOnly: true },
} as const satisfies Record<string, EventDefinition>

/** The name of a built-in event type. */
export type EventType = keyof typeof trackingPlan

/** Whether `type` names a built-in event type. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(trackingPlan, type)
}

function definitionOf(type: string): EventDefinition | null {
  return isEventType(type) ? trackingPlan[type] : null
}

/** The properties of `type` that columns hold; none of a custom type. */
export function columnsOf(type: string): readonly string[] {
  return definitionOf(type)?.columns ?? []
}

/** Whether events of `type` are written by the server alone. */
export function isServerOnly(type: string): boolean {
  return definitionOf(type)?.serverOnly === true
}

/**
 * Whether an event is activity of its person where its sender did not say: the default of its type, true for a
 * custom type. A recurring payment is made by the clock and not by the person, so it is none.
 */
export function isActivity(type: string, props: EventProps): boolean {
  if (type === 'payment_completed' && props.recurring === true) return false
  return definitionOf(type)?.activity ?? true
}

const kinds: Record<
  Exclude<PropertyKind, readonly string[]>,
  [expected: string, fits: (value: unknown) => boolean]
> = {
  text: ['a non-empty text', (value) => typeof value === 'string' && value !== ''],
  count: ['an integer from 0', (value) => Number.isSafeInteger(value) && Number(value) >= 0],
  integer: ['an integer', (value) => Number.isSafeInteger(value)],
  number: ['a number from 0', (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  instant: [
    'an instant in ISO 8601',
    (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  ],
  currency: ['XTR or a currency code of ISO 4217', isCurrency],
}

/** What is wrong with `value` as a property of `kind`, as the end of a sentence; null when nothing is. */
export function propertyFault(value: unknown, kind: PropertyKind): string | null {
  if (value === undefined || value === null) return 'is required'
  if (typeof kind !== 'string')
    return kind.some((word) => word === value) ? null : `must be one of ${kind.join(', ')}`
  const [expected, fits] = kinds[kind]
  return fits(value) ? null : `must be ${expected}`
}

/**
 * What is wrong with the properties of an event: a message that names the first required property which is missing
 * or of the wrong kind (null counts as missing), or null when nothing is. Custom types may carry anything.
 */
export function checkEventProps(type: string, props: EventProps): string | null {
  for (const [name, kind] of Object.entries(definitionOf(type)?.required ?? {})) {
    const fault = propertyFault(Object.hasOwn(props, name) ? props[name] : undefined, kind)
    if (fault !== null) return `props.${name} ${fault}`
  }
  return null
}

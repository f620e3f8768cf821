import type { Step } from '@botdeck/shared/contract/params'
import type { FunnelWindow } from '@botdeck/shared/contract/stats/funnel'
import { parseStep } from './conditions.ts'

/** A funnel as its address holds it: `steps` as JSON, `window` as a number and a unit (`7d`). */
export interface FunnelSearch {
  steps?: Step[]
  window?: string
}

export interface FunnelDefinition {
  steps: Step[]
  window: FunnelWindow
}

const units = { s: 'second', min: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month' } as const
export type WindowUnit = FunnelWindow['unit']
export const windowUnits: readonly WindowUnit[] = Object.values(units)
const secondsIn = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const

/** Where a person starts who has built none: from the store to the payment. */
export const defaultSteps: Step[] = [
  { event: 'store_viewed' },
  { event: 'invoice_sent' },
  { event: 'payment_completed' },
]
export const defaultWindow: FunnelWindow = { value: 7, unit: 'day' }

/** Whether a window is 1 second to 365 days long, as the server asks. */
export function isWindow({ value, unit }: FunnelWindow): boolean {
  const seconds = value * secondsIn[unit]
  return Number.isFinite(seconds) && seconds >= 1 && seconds <= 365 * secondsIn.day
}

/** A window as the address writes it: `30min`, `7d`, `1mo`. */
export function writeWindow(window: FunnelWindow): string {
  const unit = Object.entries(units).find(([, name]) => name === window.unit)?.[0] ?? 'd'
  return `${window.value}${unit}`
}

/** A window out of an address; null where it is none, or out of bounds. */
export function readWindow(text: unknown): FunnelWindow | null {
  const [, number, letters] =
    typeof text === 'string' ? (/^(\d{1,8}(?:\.\d+)?)([a-z]+)$/.exec(text) ?? []) : []
  const unit = Object.entries(units).find(([short]) => short === letters)?.[1]
  if (number === undefined || unit === undefined) return null
  const window = { value: Number(number), unit }
  return isWindow(window) ? window : null
}

/** The funnel's part of an address; steps that cannot be read make the whole list the default one. */
export function parseFunnel(raw: Record<string, unknown>): FunnelSearch {
  const list = Array.isArray(raw.steps) ? raw.steps.map(parseStep) : []
  const steps = list.filter((step) => step !== null)
  const whole = steps.length === list.length && steps.length >= 2 && steps.length <= 10
  const window = readWindow(raw.window)
  return { ...(whole ? { steps } : {}), ...(window ? { window: writeWindow(window) } : {}) }
}

/** The funnel of an address, with the defaults where it says nothing. */
export function funnelOf(search: FunnelSearch): FunnelDefinition {
  return { steps: search.steps ?? defaultSteps, window: readWindow(search.window) ?? defaultWindow }
}

/** The address of a funnel. */
export function searchOf({ steps, window }: FunnelDefinition): Required<FunnelSearch> {
  return { steps, window: writeWindow(window) }
}

import type { Condition } from '@botdeck/shared/contract/params'
import { parseConditions } from './conditions.ts'
import { addDays, daysBetween, isDay } from './days.ts'

/** Ranges that move with the calendar. All but `today` end yesterday. */
export const presets = ['today', 'yesterday', '7d', '30d', '90d', '365d'] as const
export type Preset = (typeof presets)[number]

/** What every screen shares and keeps in the address: the range, the conditions on people, and the staff. */
export interface SharedSearch {
  r?: Preset
  from?: string
  to?: string
  where?: Condition[]
  staff?: true
}

export const sharedKeys = ['r', 'from', 'to', 'where', 'staff'] as const

/** A range of local days, both ends included. */
export interface Range {
  from: string
  to: string
  preset: Preset | null
}

// Five years is the longest range the server answers.
const longestDays = 5 * 365

/** The shared part of an address. What cannot be read is left out, so that a bad link still opens. */
export function parseShared(raw: Record<string, unknown>): SharedSearch {
  const preset = presets.find((known) => known === raw.r)
  const where = parseConditions(raw.where).filter((condition) => condition.scope === 'user')
  const { from, to } = raw
  const custom = !preset && isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < longestDays
  return {
    ...(preset ? { r: preset } : {}),
    ...(custom ? { from, to } : {}),
    ...(where.length > 0 ? { where } : {}),
    ...(raw.staff === true ? { staff: true as const } : {}),
  }
}

const lengths = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 } as const

/** The days of an address on the day `today` of the reporting zone; without a range: today. */
export function resolveRange({ r, from, to }: SharedSearch, today: string): Range {
  if (from !== undefined && to !== undefined) return { from, to, preset: null }
  const yesterday = addDays(today, -1)
  if (r === undefined || r === 'today') return { from: today, to: today, preset: 'today' }
  if (r === 'yesterday') return { from: yesterday, to: yesterday, preset: r }
  return { from: addDays(today, -lengths[r]), to: yesterday, preset: r }
}

/** Days in the range. */
export function lengthOf({ from, to }: Pick<Range, 'from' | 'to'>): number {
  return daysBetween(from, to) + 1
}

/** The range, or where it is shorter than `days` the days that end with it: a line needs more than a point. */
export function atLeast(range: Range, days: number): Range {
  return lengthOf(range) >= days ? range : { from: addDays(range.to, 1 - days), to: range.to, preset: null }
}

import type { Condition } from '@botdeck/shared/contract/params'
import { dayMs, lastDay } from '../dataset/calendar.ts'
import type { Dialect } from '../engines/engine.ts'

/** Narrows the events or people of a statement. */
export interface Narrowed {
  /** Condition on `users u`, without which everybody counts. */
  people?: string
  /** Condition on `events e`. */
  events?: (dialect: Dialect) => string
}

/** A narrowing and the conditions of a request that say the same. */
export interface Filter extends Narrowed {
  title: string
  where: Condition[]
}

export const startOf = (day: number) => day * dayMs
export const dayOf = (column: string, { div }: Dialect) => `${column} ${div} ${dayMs}`
/** Number of the week, Monday first, that an instant lies in. */
export const weekOf = (column: string, dialect: Dialect) => `(${dayOf(column, dialect)} + 3) ${dialect.div} 7`

export const firstOf90 = lastDay - 89
export const firstOf30 = lastDay - 29

/** Days on which people were active, once each, from a day on. */
export function activeDays(from: number, dialect: Dialect, { people, events }: Narrowed = {}): string {
  const join = people === undefined ? '' : 'join users u on u.id = e.user_id'
  const conditions = [people, events?.(dialect)]
    .filter((part) => part !== undefined)
    .map((part) => `and ${part}`)
  return `select distinct e.user_id as person, ${dayOf('e.created_at', dialect)} as day from events e ${join}
    where e.created_at >= ${startOf(from)} and e.activity = 1 ${conditions.join(' ')}`
}

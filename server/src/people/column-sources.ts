import type { Queryable } from '@botdeck/shared/db/db'
import { type SQL, sql } from 'drizzle-orm'
import { CodeColumn, NumberColumn, type PersonColumn } from './person-column.ts'

/** Where an attribute of people comes from. */
export interface ColumnSource {
  table: 'users' | 'person_states'
  value: SQL
  column: (people: number) => PersonColumn
  /** Which rows can have a value: the others need not be read. */
  among?: SQL
  /** The attribute that a stored value stands for, where it is not that value. */
  decode?: (stored: unknown) => unknown
}

const codes = (people: number) => new CodeColumn(people)
const numbers = (people: number) => new NumberColumn(people)
const ofUser = (value: SQL, column: ColumnSource['column']): ColumnSource => ({
  table: 'users',
  value,
  column,
})
const ofState = (value: SQL, column: ColumnSource['column']): ColumnSource => ({
  table: 'person_states',
  value,
  column,
})

/** The attributes that have a column or a rule of their own. Times are in ms; `referrer` is a uid, `id` the Telegram id. */
const builtIn = {
  language: ofUser(sql`language_code`, codes),
  source: ofUser(sql`source`, codes),
  lastSource: ofUser(sql`last_source`, codes),
  tier: ofUser(sql`tier`, codes),
  blocked: ofUser(sql`case when blocked_at is null then 0 else 1 end`, codes),
  credits: ofUser(sql`credits`, numbers),
  purchases: ofUser(sql`purchases`, numbers),
  generations: ofUser(sql`generations`, numbers),
  id: ofUser(sql`telegram_id`, numbers),
  referrer: ofUser(sql`referred_by`, numbers),
  username: ofUser(sql`username`, codes),
  firstName: ofUser(sql`first_name`, codes),
  staff: { ...ofState(sql`case when staff then 1 end`, codes), among: sql`staff` },
  firstSeenAt: ofState(sql`first_seen_at`, numbers),
  firstActiveAt: ofState(sql`first_active_at`, numbers),
  lastActiveAt: ofState(sql`last_active_at`, numbers),
} satisfies Record<string, ColumnSource>

const ownPrefix = 'props.'

/** An attribute of people; `props.` leads the name of a property of their own. */
export type ColumnName = keyof typeof builtIn | `props.${string}`

/** The attribute that a person's own property of this name is. */
export function ownColumn(key: string): ColumnName {
  return `${ownPrefix}${key}`
}

function ownProperty(key: string, engine: Queryable['engine']): ColumnSource {
  // Text that holds the name in quotes is a superset of the rows that have it, found without parsing.
  const quoted = JSON.stringify(key)
  return {
    table: 'users',
    value: sql`props`,
    column: codes,
    among: engine === 'postgres' ? sql`strpos(props, ${quoted}) > 0` : sql`instr(props, ${quoted}) > 0`,
    decode(text) {
      if (typeof text !== 'string') return null
      // @NOTE The column holds objects alone.
      const props = JSON.parse(text) as Record<string, unknown>
      return Object.hasOwn(props, key) ? props[key] : null
    },
  }
}

/** Where an attribute comes from on an engine. */
export function sourceOf(name: ColumnName, engine: Queryable['engine']): ColumnSource {
  if (Object.hasOwn(builtIn, name)) {
    // @NOTE Just looked for.
    return builtIn[name as keyof typeof builtIn]
  }
  return ownProperty(name.slice(ownPrefix.length), engine)
}

/** Whether an attribute is a property of people's own, of which there may be any number. */
export function isOwn(name: ColumnName): boolean {
  return name.startsWith(ownPrefix)
}

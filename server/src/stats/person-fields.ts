import type { Queryable } from '@botdeck/shared/db/db'
import { segmentsOf } from '@botdeck/shared/domain/segments'
import { sql } from 'drizzle-orm'
import type { View } from './view.ts'

/** What a condition of scope `user` compares: a field of one person as it is now, undefined where unknown. */
export type Field = (key: string) => unknown

interface Row {
  uid: number
  id: number | null
  username: string | null
  firstName: string | null
  language: string | null
  source: string | null
  lastSource: string | null
  referredBy: number | null
  tier: string
  credits: number | null
  purchases: number
  generations: number
  blockedAt: number | null
  props: string
  firstSeenAt: number | null
  lastActiveAt: number | null
}

function readRows(db: Queryable): Promise<Row[]> {
  return db.all<Row>(sql`
    select u.uid, u.telegram_id as id, u.username, u.first_name as "firstName", u.language_code as language, u.source,
      u.last_source as "lastSource", r.telegram_id as "referredBy", u.tier, u.credits, u.purchases, u.generations,
      u.blocked_at as "blockedAt", u.props, s.first_seen_at as "firstSeenAt", s.last_active_at as "lastActiveAt"
    from users u
    left join users r on r.uid = u.referred_by
    left join person_states s on s.uid = u.uid`)
}

/** Fields read straight from the row; other names are looked up in the person's own `props`. */
const plain = [
  'id',
  'username',
  'firstName',
  'language',
  'source',
  'lastSource',
  'referredBy',
  'tier',
  'credits',
  'purchases',
  'generations',
] as const satisfies (keyof Row)[]
type Plain = (typeof plain)[number]
const isPlain = (key: string): key is Plain => (plain as readonly string[]).includes(key)

function fieldOf(row: Row, { clock, asOf }: View): Field {
  const today = clock.dayOf(asOf)
  const daysSince = (ms: number | null) => (ms === null ? undefined : today - clock.dayOf(ms))
  let props: Record<string, unknown> | undefined
  const field: Field = (key) => {
    if (isPlain(key)) return row[key] ?? undefined
    if (key === 'blocked') return row.blockedAt !== null
    if (key === 'daysSinceFirstSeen') return daysSince(row.firstSeenAt)
    if (key === 'daysSinceActive') return daysSince(row.lastActiveAt ?? row.firstSeenAt)
    if (key === 'segment') return segmentsOf(field)
    // @NOTE The column holds objects alone.
    props ??= JSON.parse(row.props) as Record<string, unknown>
    return Object.hasOwn(props, key) ? props[key] : undefined
  }
  return field
}

/** The fields of everybody, by uid. */
export async function personFields(view: View): Promise<Map<number, Field>> {
  const rows = await readRows(view.db)
  return new Map(rows.map((row) => [row.uid, fieldOf(row, view)]))
}

import type { Queryable } from '@botdeck/shared/db/db'
import type { Condition } from '@botdeck/shared/domain/conditions'
import { type SegmentName, type SegmentThresholds, segmentConditions } from '@botdeck/shared/domain/segments'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { and, eq, gt, gte, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'

/** Which local day today is, and the limits of segments that the settings have; without them the usual ones. */
export interface Today {
  clock: ZoneClock
  day: number
  thresholds?: SegmentThresholds
}

const comparisons = { eq, gt, ge: gte, lt, le: lte }

/** "Fewer than n days back" holds from the beginning of a day on; each comparison of days is one of instants. */
function daysBack(instant: SQL, { op, value }: Condition, { clock, day }: Today): SQL | undefined {
  const start = (back: number) => clock.dayStart(day - back)
  const days = Number(value)
  if (op === 'lt') return sql`${instant} >= ${start(days - 1)}`
  if (op === 'le') return sql`${instant} >= ${start(days)}`
  if (op === 'gt') return sql`${instant} < ${start(days)}`
  if (op === 'ge') return sql`${instant} < ${start(days - 1)}`
  return sql`${instant} >= ${start(days)} and ${instant} < ${start(days - 1)}`
}

function conditionSql(db: Queryable, condition: Condition, today: Today): SQL | undefined {
  const { users, personStates } = db.t
  const { key, op, value } = condition
  const numbers = { purchases: users.purchases, generations: users.generations, credits: users.credits }
  if (key === 'blocked') return value === true ? isNotNull(users.blockedAt) : isNull(users.blockedAt)
  if (key === 'daysSinceFirstSeen') return daysBack(sql`${personStates.firstSeenAt}`, condition, today)
  if (key === 'daysSinceActive')
    return daysBack(
      sql`coalesce(${personStates.lastActiveAt}, ${personStates.firstSeenAt})`,
      condition,
      today,
    )
  const column = Object.entries(numbers).find(([name]) => name === key)?.[1]
  const compare = Object.entries(comparisons).find(([name]) => name === op)?.[1]
  if (!column || !compare) throw new Error(`no list can be filtered by ${key} ${op}`)
  return compare(column, Number(value))
}

/**
 * The people of a built-in segment, as a condition over `users` joined with `person_states`. The segment's own
 * definition is in `domain/segments`.
 */
export function segmentFilter(db: Queryable, segment: SegmentName, today: Today): SQL | undefined {
  return and(
    ...segmentConditions(segment, today.thresholds).map((condition) => conditionSql(db, condition, today)),
  )
}

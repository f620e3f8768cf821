import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import type { UserSession, UserSessions } from '@botdeck/shared/contract/user-sessions'
import type { Queryable } from '@botdeck/shared/db/db'
import { valueText } from '@botdeck/shared/domain/conditions'
import { forEachSession } from '@botdeck/shared/domain/sessions'
import { and, asc, eq } from 'drizzle-orm'
import { readCursor, writeCursor } from './cursor.ts'

const minuteMs = 60_000
const defaultGapMinutes = 30

interface Activity {
  at: number
  type: string
  props: Record<string, unknown>
}

export interface UserSessionsQuery {
  gapMinutes?: number | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

async function activityOf(db: Queryable, uid: number): Promise<Activity[]> {
  const { events } = db.t
  const rows = await db.orm
    .select({ at: events.at, type: events.type, props: events.props })
    .from(events)
    .where(and(eq(events.uid, uid), eq(events.activity, true)))
    .orderBy(asc(events.at), asc(events.id))
  const names = await eventTypeNames(db)
  return rows.map(({ at, type, props }) => ({ at, type: names.get(type) ?? '', props: props ?? {} }))
}

function creditsIn({ props }: Activity): number | undefined {
  return typeof props.credits === 'number' ? props.credits : undefined
}

/** What each generation costs by its request: senders need not repeat it at the end. */
function requestedCredits(activity: readonly Activity[]): Map<string | null, number> {
  const requests = activity.filter(({ type }) => type === 'generation_requested')
  return new Map(requests.map((event) => [valueText(event.props.generationId), creditsIn(event) ?? 0]))
}

function sessionOf(part: readonly Activity[], requested: ReadonlyMap<string | null, number>): UserSession {
  const succeeded = part.filter(({ type }) => type === 'generation_succeeded')
  const failed = part.filter(({ type }) => type === 'generation_failed')
  const costOf = (event: Activity) => {
    const id = valueText(event.props.generationId)
    return creditsIn(event) ?? (id === null ? 0 : (requested.get(id) ?? 0))
  }
  const [first, last] = [part[0]?.at ?? 0, part.at(-1)?.at ?? 0]
  return {
    startsAt: new Date(first).toISOString(),
    endsAt: new Date(last).toISOString(),
    seconds: (last - first) / 1000,
    events: part.length,
    generations: succeeded.length + failed.length,
    credits: succeeded.reduce((sum, event) => sum + costOf(event), 0),
  }
}

/**
 * A person's sessions, newest first: activity with no gap over 30 minutes, or over the one asked for. The credits spent in
 * a session are those of the generations that succeeded in it; those that failed were given back.
 */
export async function userSessions(
  db: Queryable,
  uid: number,
  { gapMinutes = defaultGapMinutes, cursor, limit = 50 }: UserSessionsQuery,
): Promise<UserSessions> {
  const activity = await activityOf(db, uid)
  const requested = requestedCredits(activity)
  const times = activity.map(({ at }) => at)
  const parts: Activity[][] = []
  forEachSession({ at: times, start: 0, end: times.length }, gapMinutes * minuteMs, (start, end) =>
    parts.push(activity.slice(start, end)),
  )
  // No two sessions of a person begin at one instant.
  const startOf = (part: readonly Activity[]) => part[0]?.at ?? 0
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : readCursor(cursor).key
  const rest = parts.reverse().filter((part) => startOf(part) < before)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return {
    sessions: page.map((part) => sessionOf(part, requested)),
    total: parts.length,
    nextCursor: last && rest.length > limit ? writeCursor(startOf(last), 0) : null,
  }
}

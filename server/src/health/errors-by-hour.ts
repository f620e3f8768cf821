import type { Queryable } from '@botdeck/shared/db/db'
import { and, gte, isNotNull } from 'drizzle-orm'
import { hourMs, type Monitor } from './monitor.ts'

const shownHours = 24

const countIn = (hour: number, instants: readonly number[]) =>
  instants.filter((at) => at >= hour && at < hour + hourMs).length

/** Errors of each of the last 24 UTC hours, the running one last: of this process, of jobs and of the bot's updates. */
export async function errorsByHour(db: Queryable, monitor: Monitor, now: number) {
  const first = Math.floor(now / hourMs) * hourMs - (shownHours - 1) * hourMs
  const { jobRuns, inbox } = db.t
  const runs = await db.orm
    .select({ at: jobRuns.startedAt })
    .from(jobRuns)
    .where(and(isNotNull(jobRuns.error), gte(jobRuns.startedAt, first)))
  const updates = await db.orm
    .select({ at: inbox.receivedAt })
    .from(inbox)
    .where(and(isNotNull(inbox.error), gte(inbox.receivedAt, first)))
  const instants = (rows: readonly { at: number }[]) => rows.map(({ at }) => at)
  return Array.from({ length: shownHours }, (_, index) => {
    const hour = first + index * hourMs
    return {
      startsAt: new Date(hour).toISOString(),
      ...monitor.errorsIn(hour),
      jobs: countIn(hour, instants(runs)),
      updates: countIn(hour, instants(updates)),
    }
  })
}

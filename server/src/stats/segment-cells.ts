import { neverSeen, segmentsOfFlags, tierOfFlags } from '@botdeck/shared/domain/segment-flags'
import { defaultSegmentThresholds } from '@botdeck/shared/domain/segments'
import { type AnyColumn, and, gt, type SQL, sql } from 'drizzle-orm'
import { staffFilter } from './person-rows.ts'
import { inSegment, ofTier } from './segments-scan.ts'
import { Counts } from './tally.ts'
import type { View } from './view.ts'

/** Whether the cells were made with the threshold that the settings have; those of days are applied to them here. */
export function segmentCellsFit({ settings }: View): boolean {
  return settings.segments.powerGenerations === defaultSegmentThresholds.powerGenerations
}

/** The numbers of days at which one of the segments begins or ends to hold, ascending. */
function cutsOf({ settings }: View): number[] {
  const { activeDays, atRiskDays, churnedDays } = settings.segments
  return [...new Set([activeDays, atRiskDays, churnedDays + 1])].sort((a, b) => a - b)
}

/**
 * For the day of a cell a number of days back that is in the same segments as its own, null for who was never seen: so
 * that the database adds up what need not be told apart.
 */
function daysBack(view: View, day: AnyColumn): SQL<number | null> {
  const cuts = cutsOf(view)
  const ago = sql`(cast(${view.clock.dayOf(view.asOf)} as integer) - ${day})`
  const whole = (days: number) => sql`cast(${days} as integer)`
  const cases = cuts.map(
    (cut, index) => sql`when ${ago} < ${whole(cut)} then ${whole(cuts[index - 1] ?? cut - 1)}`,
  )
  return sql`case when ${day} = ${whole(neverSeen)} then null ${sql.join(cases, sql` `)} else ${whole(cuts.at(-1) ?? 0)} end`
}

/** People by built-in segment and by tier, of everybody counted. */
export async function countSegmentCells(view: View, includeStaff: boolean | undefined): Promise<Counts> {
  const { db, settings } = view
  const { segmentCells: cells } = db.t
  const counts = new Counts()
  const rows = await db.all<{ ago: number | null; flags: number; people: number }>(sql`
    select ago, flags, cast(sum(people) as integer) as people
    from (select ${daysBack(view, cells.day)} as ago, flags, people from ${cells}
      where ${staffFilter(view, 'segmentCells', includeStaff)}) as cell
    group by ago, flags`)
  for (const { ago, flags, people } of rows) {
    counts.add('users', 0, 0, people)
    counts.add(ofTier(tierOfFlags(flags)), 0, 0, people)
    for (const name of segmentsOfFlags({ flags, daysSinceActive: ago }, settings.segments))
      counts.add(inSegment(name), 0, 0, people)
  }
  counts.add(inSegment('new'), 0, 0, await countNew(view, includeStaff))
  return counts
}

async function countNew(view: View, includeStaff: boolean | undefined): Promise<number> {
  const { dayCells } = view.db.t
  const today = view.clock.dayOf(view.asOf)
  const [seen] = await view.db.orm
    .select({ people: sql<number | null>`sum(${dayCells.newUsers})` })
    .from(dayCells)
    .where(
      and(
        gt(dayCells.day, today - view.settings.segments.newDays),
        staffFilter(view, 'dayCells', includeStaff),
      ),
    )
  return seen?.people ?? 0
}

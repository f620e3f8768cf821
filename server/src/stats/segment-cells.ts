import { neverSeen, segmentsOfFlags, tierOfFlags } from '@botdeck/shared/domain/segment-flags'
import { defaultSegmentThresholds } from '@botdeck/shared/domain/segments'
import { and, gt, sql } from 'drizzle-orm'
import { staffFilter } from './person-rows.ts'
import { inSegment, ofTier } from './segments-scan.ts'
import { Counts } from './tally.ts'
import type { View } from './view.ts'

/** Whether the cells were made with the threshold that the settings have; those of days are applied to them here. */
export function segmentCellsFit({ settings }: View): boolean {
  return settings.segments.powerGenerations === defaultSegmentThresholds.powerGenerations
}

/** People by built-in segment and by tier, of everybody counted: a few hundred rows whatever their number. */
export async function countSegmentCells(view: View, includeStaff: boolean | undefined): Promise<Counts> {
  const { db, clock, asOf, settings } = view
  const { segmentCells: cells, dayCells } = db.t
  const today = clock.dayOf(asOf)
  const counts = new Counts()
  const rows = await db.orm
    .select({ day: cells.day, flags: cells.flags, people: sql<number>`sum(${cells.people})` })
    .from(cells)
    .where(staffFilter(view, 'segmentCells', includeStaff))
    .groupBy(cells.day, cells.flags)
  for (const { day, flags, people } of rows) {
    counts.add('users', 0, 0, people)
    counts.add(ofTier(tierOfFlags(flags)), 0, 0, people)
    const daysSinceActive = day === neverSeen ? null : today - day
    for (const name of segmentsOfFlags({ flags, daysSinceActive }, settings.segments))
      counts.add(inSegment(name), 0, 0, people)
  }
  const [seen] = await db.orm
    .select({ people: sql<number | null>`sum(${dayCells.newUsers})` })
    .from(dayCells)
    .where(
      and(gt(dayCells.day, today - settings.segments.newDays), staffFilter(view, 'dayCells', includeStaff)),
    )
  counts.add(inSegment('new'), 0, 0, seen?.people ?? 0)
  return counts
}

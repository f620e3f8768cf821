import type { View } from '../stats/view.ts'
import { addSealed } from './chunk-scan.ts'
import { addTail } from './event-rows.ts'
import { EventRuns } from './event-runs.ts'
import type { EventQuery, Visit } from './person-events.ts'
import { scanPlan } from './scan-plan.ts'

/**
 * Calls `visit` for each counted person with events of the query, up to the watermark, with those events in the order of
 * (time, id). Read from columns, and from rows what came after the sealed id.
 */
export async function forEachPerson(view: View, query: EventQuery, visit: Visit): Promise<void> {
  const plan = await scanPlan(view, query)
  const sealed = plan.places.reduce((sum, { events }) => sum + events, 0)
  const runs = new EventRuns({
    people: plan.people,
    mask: plan.mask,
    events: sealed + Math.max(0, view.watermark - plan.sealed),
    withBits: plan.withBits,
    withIds: !query.anyTieOrder,
    withValues: query.property !== undefined,
  })
  await addSealed(plan, runs)
  await addTail(plan, runs)
  runs.visit(visit, (code) => plan.values.of(code))
}

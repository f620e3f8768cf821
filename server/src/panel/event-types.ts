import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import type { EventTypes } from '@botdeck/shared/contract/session'
import type { Queryable } from '@botdeck/shared/db/db'
import { type EventDefinition, isServerOnly, trackingPlan } from '@botdeck/shared/domain/tracking-plan'
import { desc } from 'drizzle-orm'

/** Properties of custom types are learned from the latest events alone: names of properties rarely change. */
const sample = 500

async function recentProperties(db: Queryable): Promise<Map<number, Set<string>>> {
  const { events } = db.t
  const rows = await db.orm
    .select({ type: events.type, props: events.props })
    .from(events)
    .orderBy(desc(events.id))
    .limit(sample)
  const seen = new Map<number, Set<string>>()
  for (const { type, props } of rows) {
    const keys = seen.get(type) ?? new Set()
    for (const key of Object.keys(props ?? {})) keys.add(key)
    seen.set(type, keys)
  }
  return seen
}

/**
 * Event types that a step can name: those of the tracking plan in its order, then those that senders brought, with
 * the properties known of each. What the server writes for itself is left out.
 */
export async function listEventTypes(db: Queryable): Promise<EventTypes> {
  const recent = await recentProperties(db)
  const plan: ReadonlyMap<string, EventDefinition> = new Map(Object.entries(trackingPlan))
  const rank = new Map([...plan.keys()].map((type, index) => [type, index]))
  const types = [...(await eventTypeNames(db))]
    .filter(([, type]) => !isServerOnly(type))
    .map(([id, type]) => {
      const definition = plan.get(type)
      const planned = definition ? Object.keys({ ...definition.required, ...definition.optional }) : []
      return {
        type,
        builtIn: definition !== undefined,
        activity: definition?.activity ?? true,
        properties: [...new Set([...planned, ...(recent.get(id) ?? [])])],
      }
    })
  const place = (type: string) => rank.get(type) ?? plan.size
  return { types: types.sort((a, b) => place(a.type) - place(b.type) || (a.type < b.type ? -1 : 1)) }
}

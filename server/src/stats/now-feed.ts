import { valueNumber, valueText } from '@botdeck/shared/domain/conditions'
import { forEachEvent } from '../events/each-event.ts'
import type { EventQuery } from '../events/person-events.ts'
import { summariesOf } from '../users/summary.ts'
import type { View } from './view.ts'

/** One event with the properties asked for, as texts; empty where it has none. */
interface Told {
  uid: number
  at: number
  marks: number
  props: Record<string, string>
}

const shownEvents = 10

/** The latest events of a query with some of their properties, newest first. */
async function latest(view: View, query: EventQuery, keys: readonly string[]): Promise<Told[]> {
  const found: (Told & { index: number })[] = []
  await forEachEvent(view, query, ({ index, uid, at, marks }) => {
    found.push({ index, uid, at, marks, props: {} })
  })
  const shown = found.sort((a, b) => b.at - a.at || a.uid - b.uid).slice(0, shownEvents)
  const byIndex = new Map(shown.map((event) => [event.index, event]))
  if (shown.length > 0)
    for (const property of keys)
      await forEachEvent(view, { ...query, property }, ({ index, value }) => {
        const event = byIndex.get(index)
        if (event) event.props[property] = valueText(value) ?? ''
      })
  return shown
}

async function withNames(view: View, events: readonly Told[]) {
  const uids = [...new Set(events.map(({ uid }) => uid))]
  const people = new Map<number, { id: number | null; firstName: string | null }>()
  for (const uid of uids) {
    const [summary] = await summariesOf(view.db, [uid])
    people.set(uid, { id: summary?.id ?? null, firstName: summary?.firstName ?? null })
  }
  return events.map(({ uid, at, marks, props }) => ({
    shown: { ...(people.get(uid) ?? { id: null, firstName: null }), at: new Date(at).toISOString() },
    marks,
    props,
  }))
}

type Scope = Omit<EventQuery, 'steps' | 'property'>

/** The latest purchases, newest first. */
export async function latestPurchases(view: View, scope: Scope): Promise<object[]> {
  const query = { ...scope, steps: [{ event: 'payment_completed' }] }
  const events = await latest(view, query, ['packageId', 'amount', 'currency'])
  return (await withNames(view, events)).map(({ shown, props }) => ({
    ...shown,
    packageId: props.packageId ?? '',
    price: { amount: valueNumber(props.amount) ?? 0, currency: props.currency ?? '' },
  }))
}

const failures = [
  { event: 'generation_failed', key: 'errorType' },
  { event: 'payment_failed', key: 'reason' },
]

/** The latest failures of pictures and payments, newest first. */
export async function latestErrors(view: View, scope: Scope): Promise<object[]> {
  const query = { ...scope, steps: failures }
  const events = await latest(
    view,
    query,
    failures.map(({ key }) => key),
  )
  return (await withNames(view, events)).map(({ shown, marks, props }) => {
    const failure = failures.find((_, bit) => marks & (1 << bit))
    return { ...shown, type: failure?.event ?? '', reason: props[failure?.key ?? ''] ?? '' }
  })
}

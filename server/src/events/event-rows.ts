import { type SQL, sql } from 'drizzle-orm'
import { dayMs } from '../columns/event-chunk.ts'
import type { EventSink } from './event-sink.ts'
import type { ScanPlan, TypePlan } from './scan-plan.ts'
import { kept } from './step-bits.ts'

interface Row {
  id: number
  uid: number
  at: number
  type: number
  activity: boolean | number
  props: string | null
}

const idSpan = 2 ** 32
const noProps: Record<string, unknown> = Object.freeze({})

function tailQuery({ view, from, to, sealed, types, wantsActivity }: ScanPlan): SQL {
  const named = [...types].filter(([, { named: bits }]) => bits !== 0).map(([type]) => type)
  const looked = [...types].filter(([, { keys }]) => keys.length > 0).map(([type]) => type)
  const props = looked.length === 0 ? sql`null` : sql`case when type in ${looked} then props end`
  const ofTypes = named.length === 0 ? sql`1 = 0` : sql`type in ${named}`
  return sql`
    select id, uid, at, type, activity, ${props} as props from events
    where id > ${sealed} and id <= ${view.watermark} and (${ofTypes} ${wantsActivity ? sql`or activity` : sql``})
      ${Number.isFinite(from) ? sql`and at >= ${from}` : sql``} ${Number.isFinite(to) ? sql`and at < ${to}` : sql``}`
}

/** The bits of an event by its type, activity and properties; not yet by its person. */
function bitsOf(
  plan: ScanPlan,
  { named, tests }: TypePlan,
  event: { active: boolean; props: typeof noProps },
) {
  let bits = kept | named | (event.active ? plan.ofActivity : 0)
  for (const test of tests) bits &= test.of(plan.values.codeOf(valueIn(event.props, test.key)))
  return bits
}

function valueIn(props: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(props, key) ? props[key] : undefined
}

interface RowPlace {
  day: number
  type: TypePlan
  id: number
  bits: number
}

/** Finds the source of each row: those of one day and type share it, unless their bits differ and belong to the source. */
function tailSources(plan: ScanPlan, runs: EventSink) {
  const sources = new Map<string, { source: number; firstId: number }>()
  return ({ day, type, id, bits }: RowPlace) => {
    const span = Math.floor(id / idSpan)
    const ofSource = plan.withBits ? 0 : bits
    const key = `${day} ${span} ${ofSource} ${type.name}`
    const known = sources.get(key)
    if (known) return known
    const firstId = span * idSpan
    const source = runs.source({ type: type.name, start: day * dayMs, firstId, bits: ofSource })
    const found = { source, firstId }
    sources.set(key, found)
    return found
  }
}

/** Adds the events that columns do not hold yet. */
export async function addTail(plan: ScanPlan, runs: EventSink): Promise<void> {
  const { view, query, types, values, mask, allowed } = plan
  const { property, withActivity = false } = query
  if (types.size === 0 || view.watermark <= plan.sealed) return
  const sourceOf = tailSources(plan, runs)
  for await (const rows of view.scan<Row>(tailQuery(plan)))
    for (const { id, uid, at, type: number, activity, props: text } of rows) {
      const type = types.get(number)
      if (!type || mask[uid] !== 1) continue
      // @NOTE The column holds objects alone.
      const props = text === null ? noProps : (JSON.parse(text) as Record<string, unknown>)
      const active = Boolean(activity)
      let bits = bitsOf(plan, type, { active, props })
      if ((bits & kept) === 0) continue
      bits &= ~kept
      if (allowed) bits &= allowed[uid] ?? 0
      if (bits === 0 && !(withActivity && active)) continue
      const day = Math.floor(at / dayMs)
      const { source, firstId } = sourceOf({ day, type, id, bits })
      const value = property === undefined ? 0 : values.codeOf(valueIn(props, property))
      runs.add(uid, at - day * dayMs, source, bits, id - firstId, value)
    }
}

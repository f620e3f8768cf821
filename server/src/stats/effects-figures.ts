import { valueNumber, valueText } from '@botdeck/shared/domain/conditions'
import { forEachEvent } from '../events/each-event.ts'
import type { EventQuery } from '../events/person-events.ts'
import { type Compared, comparedPlaces } from './compared.ts'
import { type Audience, conditionsOn, type Filters } from './filters.ts'
import { firstPoint, reachOf } from './overview-figures.ts'
import { type Rows, totalRow } from './rows.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

const finished = [{ event: 'generation_succeeded' }, { event: 'generation_failed' }]
const succeededMark = 1

export const failureFigure = (errorType: string) => `failed ${errorType}`

/** Where figures of effects stand in a tally: each row has the places of a comparison. */
export class EffectPlaces {
  readonly #width: number

  constructor({ points }: Compared) {
    this.#width = firstPoint + points.length
  }

  of(row: number, place: number): number {
    return row * this.#width + place
  }
}

/** Processing times (ms) of a row in the current or the previous period. */
export type Times = Map<number, number[]>

export interface EffectsRun {
  plan: Compared
  filters: Filters
  audience: Audience
  rows: Rows
  tally: Tally
  times: Times
}

/** Reports each person once for a figure at an index; people come one after the other. */
function oncePerPerson(tally: Tally, figure: string): (index: number, uid: number) => void {
  const last: number[] = []
  return (index, uid) => {
    if (last[index] === uid) return
    last[index] = uid
    tally.add(figure, index, uid)
  }
}

/** Pictures that ended, and which effect each was of: the row of every event, by its index among them. */
async function tallyUses(view: View, query: EventQuery, run: EffectsRun): Promise<Uint32Array> {
  const { plan, rows, tally } = run
  const at = new EffectPlaces(plan)
  const placesOf = comparedPlaces(view, plan)
  const user = oncePerPerson(tally, 'users')
  let rowOf = new Uint32Array(1024)
  await forEachEvent(view, { ...query, property: 'effectId' }, (event) => {
    const own = rows.of(valueText(event.value) ?? '')
    if (event.index === rowOf.length) {
      const larger = new Uint32Array(rowOf.length * 2)
      larger.set(rowOf)
      rowOf = larger
    }
    rowOf[event.index] = own
    for (const place of placesOf(event.at))
      for (const row of [totalRow, own]) {
        const index = at.of(row, place)
        tally.add('uses', index, event.uid)
        tally.add(event.marks & succeededMark ? 'succeeded' : 'failed', index, event.uid)
        user(index, event.uid)
      }
  })
  return rowOf
}

/** What else the events say of themselves: why they failed, how long they took, what they cost. */
async function tallyDetails(
  view: View,
  query: EventQuery,
  { run, rowOf }: { run: EffectsRun; rowOf: Uint32Array },
): Promise<void> {
  const { plan, tally, times } = run
  const at = new EffectPlaces(plan)
  const placesOf = comparedPlaces(view, plan)
  const each = (
    property: string,
    visit: (value: unknown, index: number, uid: number, succeeded: boolean) => void,
  ) =>
    forEachEvent(view, { ...query, property }, (event) => {
      if (event.value === undefined) return
      const succeeded = (event.marks & succeededMark) !== 0
      for (const place of placesOf(event.at))
        if (place < firstPoint)
          for (const row of [totalRow, rowOf[event.index] ?? totalRow])
            visit(event.value, at.of(row, place), event.uid, succeeded)
    })
  await each('errorType', (value, index, uid, succeeded) => {
    if (!succeeded) tally.add(failureFigure(valueText(value) ?? ''), index, uid)
  })
  await each('processingMs', (value, index, _uid, succeeded) => {
    const ms = valueNumber(value)
    if (!succeeded || ms === null) return
    const known = times.get(index)
    if (known) known.push(ms)
    else times.set(index, [ms])
  })
  await each('credits', (value, index, uid, succeeded) => {
    if (succeeded) tally.add('credits', index, uid, valueNumber(value) ?? 0)
  })
}

const named = (uid: number, generation: unknown) => `${uid} ${valueText(generation) ?? ''}`

/** Pictures given back, dated at that; of which effect each was is told by the picture, whenever it was made. */
async function tallyRefunds(view: View, query: EventQuery, run: EffectsRun): Promise<void> {
  const { plan, rows, tally, audience } = run
  const refunds: { uid: number; generation: string; at: number }[] = []
  const refunded = { ...query, steps: [{ event: 'generation_refunded' }], property: 'generationId' }
  await forEachEvent(view, refunded, ({ uid, at, value }) => {
    refunds.push({ uid, generation: named(uid, value), at })
  })
  if (refunds.length === 0) return
  const wanted = new Set(refunds.map(({ generation }) => generation))
  const pictures = { steps: [{ event: 'generation_succeeded' }], audience }
  const generations = new Map<number, string>()
  await forEachEvent(view, { ...pictures, property: 'generationId' }, ({ index, uid, value }) => {
    if (wanted.has(named(uid, value))) generations.set(index, named(uid, value))
  })
  const rowOf = new Map<string, number>()
  await forEachEvent(view, { ...pictures, property: 'effectId' }, ({ index, value }) => {
    const generation = generations.get(index)
    if (generation !== undefined) rowOf.set(generation, rows.of(valueText(value) ?? ''))
  })
  const at = new EffectPlaces(plan)
  const placesOf = comparedPlaces(view, plan)
  for (const refund of refunds)
    for (const place of placesOf(refund.at)) {
      tally.add('refunds', at.of(totalRow, place), refund.uid)
      const row = rowOf.get(refund.generation)
      if (row !== undefined) tally.add('refunds', at.of(row, place), refund.uid)
    }
}

/** Reports every picture and its person at the total and at the row of its effect. */
export async function tallyEffects(view: View, run: EffectsRun): Promise<void> {
  const { plan, filters, audience } = run
  const where = conditionsOn('event', filters.where)
  const query = { steps: finished, where, ...reachOf(plan), audience }
  const rowOf = await tallyUses(view, query, run)
  await tallyDetails(view, query, { run, rowOf })
  await tallyRefunds(view, query, run)
}

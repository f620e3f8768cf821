import { valueText } from '@botdeck/shared/domain/conditions'
import { amountOf, isOfNumbers } from '@botdeck/shared/domain/trend'
import type { EventQuery } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { forEachUnordered } from '../events/unordered.ts'
import { audienceOf } from './audience.ts'
import { askingFor, fieldValues } from './breakdown.ts'
import type { PeriodPlan } from './period-plan.ts'
import type { StatParams } from './requests.ts'
import type { View } from './view.ts'

type Params = StatParams['trend']

/**
 * Told of each event that counts: whose, in which period, and what it adds. `values` are the values that the breakdown
 * sorts it by, null where there is none: one, or several where the person is in several segments; none without one.
 */
export type TrendVisit = (
  uid: number,
  place: number,
  amount: number,
  values: readonly (string | null)[],
) => void

const noValues: readonly never[] = []

/** What a trend reads. */
interface Reading {
  query: EventQuery
  params: Params
  plan: PeriodPlan
  /** The values of a person that the breakdown sorts by. */
  valuesOf: (uid: number) => readonly (string | null)[]
  /** Whether the property that the query gives is what the breakdown sorts by, and whether it is what is added up. */
  sorts: boolean
  adds: boolean
}

/** What each event of a query adds, in the order of the query; NaN where it does not count. */
async function readAmounts(view: View, query: EventQuery, measure: Params['measure']): Promise<number[]> {
  const amounts: number[] = []
  await forEachPerson(view, query, (person) => {
    for (let index = person.start; index < person.end; index++)
      amounts.push(amountOf(measure, person.value(index)) ?? Number.NaN)
  })
  return amounts
}

/** Person by person. `amounts` are those of another property, in the same order. */
async function readOrdered(
  view: View,
  reading: Reading & { amounts: readonly number[] | null },
  visit: TrendVisit,
): Promise<void> {
  const { query, params, plan, amounts, sorts, adds } = reading
  let read = 0
  await forEachPerson(view, query, (person) => {
    const { uid } = person
    const ofPerson = reading.valuesOf(uid)
    for (let index = person.start; index < person.end; index++) {
      const value = sorts || adds ? person.value(index) : undefined
      const amount = amounts ? amounts[read++] : amountOf(params.measure, value)
      if (amount === null || amount === undefined || Number.isNaN(amount)) continue
      // @NOTE The index lies inside.
      const place = plan.table.placeOf(person.at[index] as number)
      visit(uid, place, amount, sorts ? [valueText(value)] : ofPerson)
    }
  })
}

/** In any order, which is faster. What a value means is worked out once for each code. */
async function readUnordered(view: View, reading: Reading, visit: TrendVisit): Promise<void> {
  const { query, params, plan, sorts, adds } = reading
  const { table } = plan
  const texts = new Map<number, readonly (string | null)[]>()
  const amounts = new Map<number, number>()
  await forEachUnordered(view, query, (meaning) => {
    const amountIn = (code: number) => amountOf(params.measure, meaning(code)) ?? Number.NaN
    const textsIn = (code: number) => [valueText(meaning(code))]
    return (uid, at, _marks, code) => {
      const amount = adds ? remembered(amounts, code, amountIn) : 1
      if (Number.isNaN(amount)) return
      visit(uid, table.placeOf(at), amount, sorts ? remembered(texts, code, textsIn) : reading.valuesOf(uid))
    }
  })
}

function remembered<T>(known: Map<number, T>, code: number, find: (code: number) => T): T {
  const old = known.get(code)
  if (old !== undefined) return old
  const found = find(code)
  known.set(code, found)
  return found
}

/** Calls `visit` for each event of the trend in the plan's periods; with `anyOrder` not person by person. */
export async function forEachTrendEvent(
  view: View,
  { params, plan, anyOrder }: { params: Params; plan: PeriodPlan; anyOrder: boolean },
  visit: TrendVisit,
): Promise<void> {
  const { event: step, measure, property, breakdown } = params
  const byPerson = breakdown?.scope === 'user' ? breakdown : undefined
  const byEvent = breakdown?.scope === 'event' ? breakdown.key : undefined
  const summed = isOfNumbers(measure) ? property : undefined
  const audience = await audienceOf(view, params, byPerson ? [step, askingFor(byPerson.key)] : [step])
  // A query gives one property: where two are asked for, the numbers come first, in the same order.
  const two = summed !== undefined && byEvent !== undefined && summed !== byEvent
  const within = { from: plan.from, to: plan.to }
  const query = { steps: [step], where: params.where, ...within, audience, anyTieOrder: !two }
  const reading = {
    ...{ query: { ...query, property: byEvent ?? summed }, params, plan },
    sorts: byEvent !== undefined,
    adds: summed !== undefined && !two,
    valuesOf: (uid: number) =>
      byPerson ? fieldValues(audience.fieldOf(uid)(byPerson.key), byPerson) : noValues,
  }
  if (anyOrder && !two) return readUnordered(view, reading, visit)
  const amounts = two ? await readAmounts(view, { ...query, property: summed }, measure) : null
  await readOrdered(view, { ...reading, amounts }, visit)
}

import { type Condition, type Step, valueText } from '@botdeck/shared/domain/conditions'
import { amountOf, isOfNumbers } from '@botdeck/shared/domain/trend'
import type { EventQuery } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import type { PeriodPlan } from './period-plan.ts'
import type { StatParams } from './requests.ts'
import type { View } from './view.ts'

type Params = StatParams['trend']
type Breakdown = NonNullable<Params['breakdown']>

/** One event of a trend: whose, in which period, and what it adds. */
export interface TrendEvent {
  uid: number
  place: number
  amount: number
}

/**
 * Told of each event that counts, those of one person after one another. `values` are the values that the breakdown sorts
 * it by, null where there is none: one, or several where the person is in several segments; none without a breakdown.
 */
export type TrendVisit = (event: TrendEvent, values: readonly (string | null)[]) => void

const noValues: readonly never[] = []

/** A step that asks for a field of people, so that the audience knows it. */
function askingFor(key: string): Step {
  const condition: Condition = { scope: 'user', key, op: 'is_set' }
  return { event: null, where: [condition] }
}

/** The values of a person's field: of `segment` all that they are in. */
function fieldValues(value: unknown, { key }: Breakdown): (string | null)[] {
  if (key !== 'segment' || !Array.isArray(value)) return [valueText(value)]
  return value.length > 0 ? value.map(valueText) : [null]
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

/** Calls `visit` for each event of the trend in the plan's periods. */
export async function forEachTrendEvent(
  view: View,
  { params, plan }: { params: Params; plan: PeriodPlan },
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
  const amounts = two ? await readAmounts(view, { ...query, property: summed }, measure) : null
  let read = 0
  await forEachPerson(view, { ...query, property: byEvent ?? summed }, (person) => {
    const { uid } = person
    const ofPerson = byPerson ? fieldValues(audience.fieldOf(uid)(byPerson.key), byPerson) : noValues
    for (let index = person.start; index < person.end; index++) {
      const value = byEvent === undefined && summed === undefined ? undefined : person.value(index)
      const amount = amounts ? amounts[read++] : amountOf(measure, value)
      // @NOTE The index lies inside.
      const place = plan.table.placeOf(person.at[index] as number)
      if (amount === null || amount === undefined || Number.isNaN(amount)) continue
      visit({ uid, place, amount }, byEvent === undefined ? ofPerson : [valueText(value)])
    }
  })
}

import { valueText } from '@botdeck/shared/domain/conditions'
import { amountOf, isOfNumbers } from '@botdeck/shared/domain/trend'
import type { EventQuery } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { forEachUnordered } from '../events/unordered.ts'
import { audienceOf } from './audience.ts'
import { askingFor, type Breakdown, fieldValues } from './breakdown.ts'
import type { Audience } from './filters.ts'
import type { PeriodPlan } from './period-plan.ts'
import type { StatParams } from './requests.ts'
import type { View } from './view.ts'

type Params = StatParams['trend']

/** Numbers for the values of a breakdown, given in the order in which the values are met. */
export class ValueGroups {
  /** The value of each group; null for what has none. */
  readonly values: (string | null)[] = []
  readonly #known = new Map<string | null, number>()

  of(value: string | null): number {
    let group = this.#known.get(value)
    if (group === undefined) {
      group = this.values.push(value) - 1
      this.#known.set(value, group)
    }
    return group
  }
}

/**
 * Told of each event that counts: whose, in which period, and what it adds. `groups` are those of the values that the
 * breakdown sorts it by: one, or several where the person is in several segments; none without a breakdown.
 */
export type TrendVisit = (uid: number, place: number, amount: number, groups: readonly number[]) => void

const noGroups: readonly number[] = []

/** What a trend reads. */
interface Reading {
  query: EventQuery
  params: Params
  plan: PeriodPlan
  groups: ValueGroups
  /** The groups of a person that the breakdown sorts by. */
  groupsOf: (uid: number) => readonly number[]
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
  const { query, params, plan, groups, amounts, sorts, adds } = reading
  let read = 0
  await forEachPerson(view, query, (person) => {
    const { uid } = person
    const ofPerson = reading.groupsOf(uid)
    for (let index = person.start; index < person.end; index++) {
      const value = sorts || adds ? person.value(index) : undefined
      const amount = amounts ? amounts[read++] : amountOf(params.measure, value)
      if (amount === null || amount === undefined || Number.isNaN(amount)) continue
      // @NOTE The index lies inside.
      const place = plan.table.placeOf(person.at[index] as number)
      visit(uid, place, amount, sorts ? [groups.of(valueText(value))] : ofPerson)
    }
  })
}

/** In any order, which is faster. What a value means is worked out once for each code. */
async function readUnordered(view: View, reading: Reading, visit: TrendVisit): Promise<void> {
  const { query, params, plan, groups, sorts, adds } = reading
  const { table } = plan
  const byCode = new Map<number, readonly number[]>()
  const amounts = new Map<number, number>()
  await forEachUnordered(view, query, (meaning) => {
    const amountIn = (code: number) => amountOf(params.measure, meaning(code)) ?? Number.NaN
    const groupsIn = (code: number) => [groups.of(valueText(meaning(code)))]
    return (uid, at, _marks, code) => {
      const amount = adds ? remembered(amounts, code, amountIn) : 1
      if (Number.isNaN(amount)) return
      visit(
        uid,
        table.placeOf(at),
        amount,
        sorts ? remembered(byCode, code, groupsIn) : reading.groupsOf(uid),
      )
    }
  })
}

function remembered<K, T>(known: Map<K, T>, key: K, find: (key: K) => T): T {
  const old = known.get(key)
  if (old !== undefined) return old
  const found = find(key)
  known.set(key, found)
  return found
}

/** The groups of people by a field of theirs, worked out once for each value. */
function personGroups(
  audience: Audience,
  breakdown: Breakdown,
  groups: ValueGroups,
): (uid: number) => readonly number[] {
  const known = new Map<unknown, readonly number[]>()
  const find = (value: unknown) => fieldValues(value, breakdown).map((text) => groups.of(text))
  return (uid) => {
    const value = audience.fieldOf(uid)(breakdown.key)
    return Array.isArray(value) ? find(value) : remembered(known, value, find)
  }
}

interface Asked {
  params: Params
  plan: PeriodPlan
  /** Whether events may come in any order, which is faster, and not person by person. */
  anyOrder: boolean
}

/** Calls `visit` for each event of the trend in the plan's periods. */
export async function forEachTrendEvent(
  view: View,
  { params, plan, anyOrder, groups }: Asked & { groups: ValueGroups },
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
    ...{ query: { ...query, property: byEvent ?? summed }, params, plan, groups },
    sorts: byEvent !== undefined,
    adds: summed !== undefined && !two,
    groupsOf: byPerson ? personGroups(audience, byPerson, groups) : () => noGroups,
  }
  if (anyOrder && !two) return readUnordered(view, reading, visit)
  const amounts = two ? await readAmounts(view, { ...query, property: summed }, measure) : null
  await readOrdered(view, { ...reading, amounts }, visit)
}

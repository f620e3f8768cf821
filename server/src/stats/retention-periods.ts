import type { DayUnit } from '@botdeck/shared/domain/civil'
import type { Step } from '@botdeck/shared/domain/conditions'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import { forEachUnordered } from '../events/unordered.ts'
import { peopleTable } from '../people/people-table.ts'
import { readActiveDays } from '../rollup/read-active-days.ts'
import { type Audience, conditionsOn } from './filters.ts'
import type { StatParams } from './requests.ts'
import type { View } from './view.ts'

type Params = StatParams['retention']

/** Told that a person did an event in the period at a place, counted from the first row's; in any order, repeated or not. */
export type PlaceVisit = (uid: number, place: number) => void

/** Told of the same, of one person or of many. */
export interface PlaceVisits {
  one: PlaceVisit
  /** `once` where nobody is told of twice in one period. */
  all(uids: Uint32Array, place: number, once: boolean): void
}

interface Question {
  params: Params
  /** Index of the period of the first row. */
  firstPeriod: number
  audience: Audience
  step: Step
  /** Places looked at: `from` inclusive, `to` exclusive; where one is absent, from the first or to the last of all. */
  places: { from?: number | undefined; to?: number | undefined }
}

/** Whether a step is any activity whatever, so that who was active on which day tells who did it. */
export function isAnyActivity(step: Step, { where }: Params): boolean {
  const plain = step.event === null && (step.where ?? []).length === 0
  return plain && conditionsOn('event', where).length === 0
}

/** Calls `visit` for the period in which each person first did what a step asks for, before the place `to`. */
export async function forEachFirst(view: View, question: Question, visit: PlaceVisit): Promise<void> {
  if (isAnyActivity(question.step, question.params)) await readFirstActivity(view, question, visit)
  else await readEvents(view, question, visit)
}

/** Tells of every period in which people did what a step asks for. */
export async function forEachPeriod(view: View, question: Question, visits: PlaceVisits): Promise<void> {
  const { step, params } = question
  if (params.period !== 'hour' && isAnyActivity(step, params))
    await readDays(view, { ...question, unit: params.period }, visits)
  else await readEvents(view, question, visits.one)
}

/** From what is known of every person; whom it leaves out are in no cohort. */
async function readFirstActivity(view: View, question: Question, visit: PlaceVisit): Promise<void> {
  const table = periodTable(view, question)
  const { cohorts } = question.params
  const people = await peopleTable(view, ['firstActiveAt'])
  const firstActiveAt = people.numbers('firstActiveAt')
  for (let uid = 0; uid < people.people; uid++) {
    const place = table.placeOf(firstActiveAt.numberOf(uid))
    if (place >= 0 && place < cohorts) visit(uid, place)
  }
}

/** From who was active on which local day. Who is not counted is visited as well: cohorts take nobody else. */
async function readDays(
  view: View,
  question: Question & { unit: DayUnit },
  visits: PlaceVisits,
): Promise<void> {
  const { firstPeriod, places, unit, params } = question
  const { clock } = view
  const firstDay = (place: number) => clock.firstDay(firstPeriod + place, unit)
  const first = places.from === undefined ? undefined : firstDay(places.from)
  const last = places.to === undefined ? undefined : firstDay(places.to) - 1
  const { includeStaff } = params
  for await (const { day, uids } of readActiveDays(view, { first, last, includeStaff })) {
    // A day tells of each person once, a longer period of as many days as they came.
    visits.all(uids, clock.periodOfDay(day, unit) - firstPeriod, unit === 'day')
  }
}

/** The bounds of all rows' and columns' periods: worked out once, not asked of the calendar per event. */
function periodTable({ clock }: View, { params, firstPeriod }: Question): PeriodTable {
  const { cohorts, periods, period } = params
  const startOf = (place: number) => clock.periodStart(firstPeriod + place, period)
  return new PeriodTable(
    Array.from({ length: cohorts + periods - 1 }, (_, place) => ({
      start: startOf(place),
      end: startOf(place + 1),
    })),
  )
}

/** From the events that match the step. */
async function readEvents(view: View, question: Question, visit: PlaceVisit): Promise<void> {
  const { params, firstPeriod, audience, step, places } = question
  const startOf = (place: number | undefined) =>
    place === undefined ? undefined : view.clock.periodStart(firstPeriod + place, params.period)
  const [from, to] = [startOf(places.from), startOf(places.to)]
  const table = periodTable(view, question)
  const query = { steps: [step], where: params.where, from, to, audience }
  await forEachUnordered(view, query, () => (uid, at) => visit(uid, table.placeOf(at)))
}

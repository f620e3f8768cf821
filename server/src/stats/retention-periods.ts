import type { DayUnit, Unit } from '@botdeck/shared/domain/civil'
import type { Step } from '@botdeck/shared/domain/conditions'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import { forEachPerson } from '../events/scan.ts'
import { readActiveDays } from '../rollup/active-days.ts'
import { type Audience, conditionsOn } from './audience.ts'
import type { StatParams } from './requests.ts'
import type { View } from './view.ts'

type Params = StatParams['retention']

/** Told that a person did an event in the period at a place, counted from the first row's; one person's in order of time. */
type PlaceVisit = (uid: number, place: number) => void

/** Which periods are looked at, by place: `from` inclusive, from the first of all where absent; `to` exclusive. */
interface Places {
  from?: number | undefined
  to?: number | undefined
}

interface Question {
  params: Params
  /** Index of the period of the first row. */
  firstPeriod: number
  audience: Audience
}

/** Whether a step is any activity whatever, so that who was active on which day tells who did it. */
export function isAnyActivity(step: Step, { where }: Params): boolean {
  const plain = step.event === null && (step.where ?? []).length === 0
  return plain && conditionsOn('event', where).length === 0
}

/** Calls `visit` for every period in which people did what a step asks for, of the places given. */
export async function forEachPlace(
  view: View,
  question: Question & { step: Step; places: Places },
  visit: PlaceVisit,
): Promise<void> {
  const { period } = question.params
  if (period !== 'hour' && isAnyActivity(question.step, question.params))
    await readDays(view, { ...question, unit: period }, visit)
  else await readEvents(view, { ...question, unit: period }, visit)
}

/** From who was active on which local day. Who is not counted is visited as well: cohorts take nobody else. */
async function readDays(
  view: View,
  asked: { firstPeriod: number; places: Places; unit: DayUnit },
  visit: PlaceVisit,
): Promise<void> {
  const { firstPeriod, places, unit } = asked
  const { clock } = view
  const dayBefore = (place: number) => clock.firstDay(firstPeriod + place, unit) - 1
  const first = places.from === undefined ? undefined : dayBefore(places.from) + 1
  const last = places.to === undefined ? undefined : dayBefore(places.to)
  for await (const { day, uids } of readActiveDays(view, { first, last, includeStaff: true })) {
    const place = clock.periodOfDay(day, unit) - firstPeriod
    for (const uid of uids) visit(uid, place)
  }
}

/** From the events that match the step; the bounds of periods are worked out once, not asked of the calendar per event. */
async function readEvents(
  view: View,
  asked: Question & { step: Step; places: Places; unit: Unit },
  visit: PlaceVisit,
): Promise<void> {
  const { params, firstPeriod, audience, step, places, unit } = asked
  const startOf = (place: number) => view.clock.periodStart(firstPeriod + place, unit)
  const columns = Array.from({ length: params.cohorts + params.periods - 1 }, (_, place) => ({
    start: startOf(place),
    end: startOf(place + 1),
  }))
  const table = new PeriodTable(columns)
  const from = places.from === undefined ? undefined : startOf(places.from)
  const to = places.to === undefined ? undefined : startOf(places.to)
  const query = { steps: [step], where: params.where, from, to, audience, anyTieOrder: true }
  await forEachPerson(view, query, ({ uid, start, end, at }) => {
    // @NOTE Indices from `start` up to `end` are inside the array.
    for (let index = start; index < end; index++) visit(uid, table.placeOf(at[index] as number))
  })
}

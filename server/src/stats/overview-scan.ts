import { forEachCell } from '@botdeck/shared/domain/retention'
import type { PersonEvents } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { type Audience, audienceOf, type Filters } from './audience.ts'
import {
  cohortsBeside,
  currentPlace,
  placesOf,
  poolRetention,
  previousPlace,
  reachOf,
  tallyPayments,
} from './overview-figures.ts'
import type { OverviewPlan } from './overview-spans.ts'
import { readPayments } from './payment-rows.ts'
import { activeDaysOf, firstSeenOf } from './person-rows.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

const steps = [{ event: null }, { event: 'generation_succeeded' }, { event: 'generation_failed' }]
const [activity, succeeded, failed] = [1, 2, 4]

type Places = (at: number) => number[]

function tallyEvents(person: PersonEvents, { places, tally }: { places: Places; tally: Tally }): void {
  const { uid } = person
  const active = new Set<number>()
  for (let index = person.start; index < person.end; index++) {
    // @NOTE The index lies inside.
    const marks = person.marks[index] as number
    for (const place of places(person.at[index] as number)) {
      if (marks & activity) active.add(place)
      if (marks & (succeeded | failed)) tally.add('generations', place, uid)
      if (marks & succeeded) tally.add('succeeded', place, uid)
    }
  }
  for (const place of active) tally.add('active', place, uid)
}

async function tallyRetention(view: View, plan: OverviewPlan, to: { audience: Audience; tally: Tally }) {
  const days = await activeDaysOf(view, to.audience)
  for (const [place, span] of [
    [currentPlace, plan.current],
    [previousPlace, plan.previous],
  ] as const) {
    const shape = cohortsBeside(view, span)
    const figures = new Map<string, string[]>()
    poolRetention(view, shape, (figure, row, k) => {
      const cell = `${row} ${k}`
      figures.set(cell, [...(figures.get(cell) ?? []), figure])
    })
    for (const [uid, active] of days) {
      const periods = active.map((day) => view.clock.periodOfDay(day, 'day'))
      forEachCell({ starts: periods, returns: periods }, shape, (row, k) => {
        for (const figure of figures.get(`${row} ${k}`) ?? []) to.tally.add(figure, place, uid)
      })
    }
  }
}

/** Reports everybody at every place and figure of the overview that they are counted in. */
export async function tallyOverview(view: View, plan: OverviewPlan, to: { filters: Filters; tally: Tally }) {
  const { filters, tally } = to
  const audience = await audienceOf(view, filters)
  const places = placesOf(view, plan)
  await forEachPerson(view, { steps, ...reachOf(plan), audience, anyTieOrder: true }, (person) =>
    tallyEvents(person, { places, tally }),
  )
  for (const { uid, at } of await firstSeenOf(view, audience))
    for (const place of places(at)) tally.add('newUsers', place, uid)
  const payments = await readPayments(view, { includeStaff: filters.includeStaff, range: reachOf(plan) })
  const counted = payments.filter(({ uid }) => audience.has(uid))
  tallyPayments(view, counted, { places, tally })
  await tallyRetention(view, plan, { audience, tally })
}

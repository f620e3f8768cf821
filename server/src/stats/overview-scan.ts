import { forEachCell } from '@botdeck/shared/domain/retention'
import { type Audience, audienceOf, type Filters } from './audience.ts'
import { forEachPerson, type ScannedEvent } from './event-scan.ts'
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

const finished = ['generation_succeeded', 'generation_failed']
const steps = [{ event: null }, { event: finished }]

type Places = (at: number) => number[]

function tallyEvents(
  uid: number,
  events: readonly ScannedEvent[],
  to: { places: Places; tally: Tally },
): void {
  const { places, tally } = to
  const active = new Set<number>()
  for (const { at, type, activity } of events)
    for (const place of places(at)) {
      if (activity) active.add(place)
      if (!finished.includes(type)) continue
      tally.add('generations', place, uid)
      if (type === 'generation_succeeded') tally.add('succeeded', place, uid)
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
  await forEachPerson(view, { steps, where: [], ...reachOf(plan), audience }, (uid, events) =>
    tallyEvents(uid, events, { places, tally }),
  )
  for (const { uid, at } of await firstSeenOf(view, audience))
    for (const place of places(at)) tally.add('newUsers', place, uid)
  const payments = await readPayments(view, { includeStaff: filters.includeStaff, range: reachOf(plan) })
  const counted = payments.filter(({ uid }) => audience.has(uid))
  tallyPayments(view, counted, { places, tally })
  await tallyRetention(view, plan, { audience, tally })
}

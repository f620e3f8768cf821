import type { PersonEvents } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { peopleTable } from '../people/people-table.ts'
import { audienceOf } from './audience.ts'
import type { Audience, Filters } from './filters.ts'
import { tallyActiveDays } from './overview-days.ts'
import { placesOf, reachOf, tallyPayments } from './overview-figures.ts'
import type { OverviewPlan } from './overview-spans.ts'
import { readPayments } from './payment-rows.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

const finished = [{ event: 'generation_succeeded' }, { event: 'generation_failed' }]
const [succeeded, activity] = [1, 4]

type Places = (at: number) => number[]

/** Reports a person's generations and, where a step for it is asked, their activity. */
function tallyEvents(person: PersonEvents, { places, tally }: { places: Places; tally: Tally }): void {
  const { uid } = person
  const active = new Set<number>()
  for (let index = person.start; index < person.end; index++) {
    // @NOTE The index lies inside.
    const marks = person.marks[index] as number
    for (const place of places(person.at[index] as number)) {
      if (marks & activity) active.add(place)
      if (marks & ~activity) tally.add('generations', place, uid)
      if (marks & succeeded) tally.add('succeeded', place, uid)
    }
  }
  for (const place of active) tally.add('active', place, uid)
}

async function tallyNewUsers(
  view: View,
  plan: OverviewPlan,
  { audience, places, tally }: { audience: Audience; places: Places; tally: Tally },
): Promise<void> {
  const { from, to } = reachOf(plan)
  const table = await peopleTable(view, ['firstSeenAt'])
  const firstSeenAt = table.numbers('firstSeenAt')
  for (let uid = 0; uid < table.people; uid++) {
    const at = firstSeenAt.numberOf(uid)
    if (!(at >= from && at < to) || !audience.has(uid)) continue
    for (const place of places(at)) tally.add('newUsers', place, uid)
  }
}

/** Reports everybody at every place and figure of the overview that they are counted in. */
export async function tallyOverview(view: View, plan: OverviewPlan, to: { filters: Filters; tally: Tally }) {
  const { filters, tally } = to
  const audience = await audienceOf(view, filters)
  const places = placesOf(view, plan)
  // Days tell who was active in periods of whole days; of others the events.
  const wholeDays = !plan.cut && !plan.running
  const steps = wholeDays ? finished : [...finished, { event: null }]
  await forEachPerson(view, { steps, ...reachOf(plan), audience, anyTieOrder: true }, (person) =>
    tallyEvents(person, { places, tally }),
  )
  await tallyNewUsers(view, plan, { audience, places, tally })
  const payments = await readPayments(view, { includeStaff: filters.includeStaff, range: reachOf(plan) })
  const counted = payments.filter(({ uid }) => audience.has(uid))
  tallyPayments(view, counted, { places, tally })
  await tallyActiveDays(view, plan, { filters, audience, tally, wholeDays })
}

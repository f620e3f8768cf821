import type { View } from '../stats/view.ts'
import type { EventQuery } from './person-events.ts'
import { forEachPerson } from './scan.ts'

/** One event of a query; one object goes from event to event. */
export interface EachEvent {
  /** Its place among all events of the query: the same for whatever property is asked for. */
  index: number
  uid: number
  at: number
  marks: number
  value: unknown
}

/**
 * Calls `visit` for each event of a query, person by person, each person's in the order of (time, id). Several properties
 * are read one after the other, their events told apart by `index`.
 */
export async function forEachEvent(
  view: View,
  query: EventQuery,
  visit: (event: EachEvent) => void,
): Promise<void> {
  const event: EachEvent = { index: 0, uid: 0, at: 0, marks: 0, value: undefined }
  await forEachPerson(view, query, (person) => {
    event.uid = person.uid
    for (let place = person.start; place < person.end; place++) {
      event.at = person.at[place] ?? 0
      event.marks = person.marks[place] ?? 0
      event.value = person.value(place)
      visit(event)
      event.index += 1
    }
  })
}

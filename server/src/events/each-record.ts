import type { View } from '../stats/view.ts'
import { forEachEvent } from './each-event.ts'
import type { EventQuery } from './person-events.ts'

/** One event of a query with several of its properties; one object goes from event to event. */
export interface EachRecord<P extends string> {
  uid: number
  at: number
  marks: number
  /** A property as the event has it; undefined where it is missing. */
  value(property: P): unknown
}

/** The values of one property by the place of their event: as numbers, because few values are those of many events. */
class ValuesByPlace {
  readonly #numbers = new Map<unknown, number>()
  readonly #values: unknown[] = []
  readonly #places: number[] = []

  add(value: unknown): void {
    let number = this.#numbers.get(value)
    if (number === undefined) {
      number = this.#values.push(value) - 1
      this.#numbers.set(value, number)
    }
    this.#places.push(number)
  }

  at(place: number): unknown {
    return this.#values[this.#places[place] ?? -1]
  }
}

/**
 * Calls `visit` for each event of a query, person by person, each person's in the order of (time, id), with all the
 * properties named: as many scans as there are properties.
 */
export async function forEachRecord<P extends string>(
  view: View,
  query: EventQuery,
  { properties, visit }: { properties: readonly P[]; visit: (record: EachRecord<P>) => void },
): Promise<void> {
  const gathered = new Map<P, ValuesByPlace>()
  for (const property of properties.slice(0, -1)) {
    const values = new ValuesByPlace()
    gathered.set(property, values)
    await forEachEvent(view, { ...query, property }, ({ value }) => values.add(value))
  }
  let current = { index: 0, value: undefined as unknown }
  const record: EachRecord<P> = {
    uid: 0,
    at: 0,
    marks: 0,
    value: (property) => {
      const values = gathered.get(property)
      return values ? values.at(current.index) : current.value
    },
  }
  await forEachEvent(view, { ...query, property: properties.at(-1) }, (event) => {
    current = event
    record.uid = event.uid
    record.at = event.at
    record.marks = event.marks
    visit(record)
  })
}

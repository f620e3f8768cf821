import { type Condition, type Step, valueText } from '@botdeck/shared/domain/conditions'
import { topValues } from '@botdeck/shared/domain/trend'

/** A property of events, or a field of people as it is now, by whose values a stat is broken down. */
export interface Breakdown {
  scope: 'event' | 'user'
  key: string
  /** How many values are shown by themselves. */
  limit: number
}

/** A step that asks for a field of people, so that the audience knows it. */
export function askingFor(key: string): Step {
  const condition: Condition = { scope: 'user', key, op: 'is_set' }
  return { event: null, where: [condition] }
}

/** The values of a person's field as texts, null where it is missing: of `segment` all that they are in. */
export function fieldValues(value: unknown, { key }: Breakdown): (string | null)[] {
  if (key !== 'segment' || !Array.isArray(value)) return [valueText(value)]
  return value.length > 0 ? value.map(valueText) : [null]
}

/** How a row of a breakdown names itself. */
export type RowName = { value: string | null } | { other: true }

/** The rows of a breakdown: the values with most people, then those without a value, then all other values. */
export class BreakdownRows {
  readonly names: readonly RowName[]
  readonly #places: ReadonlyMap<string, number>

  /** `totals` decides which values are shown; of equal ones the first by text. */
  constructor(totals: ReadonlyMap<string, number>, { limit }: Breakdown) {
    const shown = topValues(totals, limit)
    this.#places = new Map(shown.map((value, place) => [value, place]))
    this.names = [...shown.map((value) => ({ value })), { value: null }, { other: true }]
  }

  /** The place of the row that a value belongs to. */
  placeOf(value: string | null): number {
    const shown = this.#places.size
    return value === null ? shown : (this.#places.get(value) ?? shown + 1)
  }

  /** The place of the row of all values that are not shown. */
  get others(): number {
    return this.#places.size + 1
  }
}

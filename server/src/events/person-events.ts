import type { Condition, Step } from '@botdeck/shared/domain/conditions'
import type { Audience } from '../stats/filters.ts'

/** Which events a scan reads, and what it is told of each. */
export interface EventQuery {
  /**
   * What events are looked for: each event read is marked with bit i where it matches the i-th of these, its conditions
   * on the event and on the person alike. At most 31.
   */
  steps: readonly Step[]
  /** Conditions on events that every event must meet; those on people have made the audience. */
  where?: readonly Condition[] | undefined
  /** Reads events in `[from, to)`, in ms; where one is absent, from the first or to the last of all. */
  from?: number | undefined
  to?: number | undefined
  audience: Audience
  /** Keeps activity that matches none of the steps, unmarked. */
  withActivity?: boolean | undefined
  /** The event property that `PersonEvents.value` gives. */
  property?: string | undefined
  /**
   * Events of one instant may come in any order, as where only their times and marks count. Spares reading their ids,
   * about a quarter of the work.
   */
  anyTieOrder?: boolean | undefined
}

/**
 * The events of one person, at the indices from `start` up to `end` of the arrays, in the order of (time, id). One object
 * goes from person to person: what is to be kept must be copied.
 */
export interface PersonEvents {
  readonly uid: number
  readonly start: number
  readonly end: number
  /** Times in ms. */
  readonly at: Float64Array
  /** The steps that each event matches, as bits. */
  readonly marks: Uint32Array
  /** The name of an event's type. */
  type(index: number): string
  /** The property asked for, as the event has it; undefined where it is missing, which null is too. */
  value(index: number): unknown
}

/** Told of each person of the audience with at least one event of the query, in ascending order of uid. */
export type Visit = (person: PersonEvents) => void

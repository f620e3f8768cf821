import type { RetentionShape } from '@botdeck/shared/domain/retention'
import { peopleTable } from '../people/people-table.ts'
import type { NumberColumn } from '../people/person-column.ts'
import { readActiveDays } from '../rollup/read-active-days.ts'
import type { Audience, Filters } from './filters.ts'
import {
  cohortsBeside,
  currentPlace,
  firstPoint,
  poolRetention,
  previousPlace,
  retentionColumns,
} from './overview-figures.ts'
import type { OverviewPlan, Span } from './overview-spans.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

/** Told of everybody counted who was active on a local day, in ascending order of days. */
interface DayFigures {
  takeDay(day: number, uids: Iterable<number>): void
}

interface Parts {
  people: number
  tally: Tally
}

/** Distinct people active in a span of whole days. */
class ActiveInSpan implements DayFigures {
  readonly #first: number
  readonly #last: number
  readonly #place: number
  readonly #tally: Tally
  readonly #counted: Uint8Array

  constructor({ clock }: View, { place, span }: { place: number; span: Span }, { people, tally }: Parts) {
    this.#first = clock.dayOf(span.from)
    this.#last = clock.dayOf(span.to - 1)
    this.#place = place
    this.#tally = tally
    this.#counted = new Uint8Array(people)
  }

  takeDay(day: number, uids: Iterable<number>): void {
    if (day < this.#first || day > this.#last) return
    for (const uid of uids) {
      if (this.#counted[uid] === 1) continue
      this.#counted[uid] = 1
      this.#tally.add('active', this.#place, uid)
    }
  }
}

/** People active at each point. */
class ActiveAtPoints implements DayFigures {
  readonly #places: ReadonlyMap<number, number>
  readonly #tally: Tally

  constructor({ clock }: View, { points }: OverviewPlan, { tally }: Parts) {
    this.#places = new Map(
      points.map(({ index }, point) => [clock.firstDay(index, 'day'), firstPoint + point]),
    )
    this.#tally = tally
  }

  takeDay(day: number, uids: Iterable<number>): void {
    const place = this.#places.get(day)
    if (place === undefined) return
    for (const uid of uids) this.#tally.add('active', place, uid)
  }
}

/** Retention of the daily cohorts beside a span: of people by the day of their first activity ever. */
class RetainedBeside implements DayFigures {
  readonly #view: View
  readonly #shape: RetentionShape
  readonly #place: number
  readonly #tally: Tally
  /** By uid the row of the cohort plus one; 0 for who is in none. */
  readonly #rows: Uint8Array
  /** The figures that a cell is pooled in, by row × periods + column. */
  readonly #figures = new Map<number, string[]>()

  constructor(
    view: View,
    { place, span }: { place: number; span: Span },
    { people, tally, firstActiveAt }: Parts & { firstActiveAt: NumberColumn },
  ) {
    const { clock } = view
    const shape = cohortsBeside(view, span)
    const { firstPeriod, cohorts, periods } = shape
    this.#view = view
    this.#shape = shape
    this.#place = place
    this.#tally = tally
    this.#rows = new Uint8Array(people)
    poolRetention(view, shape, (figure, row, k) => {
      const cell = row * periods + k
      this.#figures.set(cell, [...(this.#figures.get(cell) ?? []), figure])
    })
    const from = clock.periodStart(firstPeriod, 'day')
    const to = clock.periodStart(firstPeriod + cohorts, 'day')
    for (let uid = 0; uid < people; uid++) {
      const at = firstActiveAt.numberOf(uid)
      if (at >= from && at < to) this.#rows[uid] = clock.periodIndex(at, 'day') - firstPeriod + 1
    }
  }

  /** The local days on which somebody of the cohorts can be retained. */
  get days(): { first: number; last: number } {
    const { firstPeriod, cohorts } = this.#shape
    const lastPeriod = firstPeriod + cohorts - 1 + retentionColumns.d30
    const { clock } = this.#view
    return { first: clock.firstDay(firstPeriod, 'day'), last: clock.firstDay(lastPeriod, 'day') }
  }

  takeDay(day: number, uids: Iterable<number>): void {
    const { firstPeriod, cohorts, periods } = this.#shape
    const period = this.#view.clock.periodOfDay(day, 'day') - firstPeriod
    if (period < 0 || period > cohorts + periods) return
    for (const uid of uids) {
      const row = (this.#rows[uid] ?? 0) - 1
      const k = period - row
      if (row < 0 || k < 0 || k >= periods) continue
      for (const figure of this.#figures.get(row * periods + k) ?? [])
        this.#tally.add(figure, this.#place, uid)
    }
  }
}

/**
 * Reports what the days of people's activity tell: the retention beside both periods and, where `wholeDays` says that no
 * period is cut, who was active.
 */
export async function tallyActiveDays(
  view: View,
  plan: OverviewPlan,
  to: { filters: Filters; audience: Audience; tally: Tally; wholeDays: boolean },
): Promise<void> {
  const { filters, audience, tally, wholeDays } = to
  const table = await peopleTable(view, ['firstActiveAt'])
  const parts = { people: table.people, tally, firstActiveAt: table.numbers('firstActiveAt') }
  const current = { place: currentPlace, span: plan.current }
  const previous = { place: previousPlace, span: plan.previous }
  const retained = [current, previous].map((period) => new RetainedBeside(view, period, parts))
  const active: DayFigures[] = wholeDays
    ? [
        new ActiveInSpan(view, current, parts),
        new ActiveInSpan(view, previous, parts),
        new ActiveAtPoints(view, plan, parts),
      ]
    : []
  const stretch = {
    first: Math.min(view.clock.dayOf(plan.previous.from), ...retained.map(({ days }) => days.first)),
    last: Math.max(view.clock.dayOf(plan.range.to - 1), ...retained.map(({ days }) => days.last)),
  }
  const { includeStaff } = filters
  for await (const { day, uids } of readActiveDays(view, { ...stretch, includeStaff })) {
    const counted = uids.filter((uid) => audience.has(uid))
    for (const figures of [...active, ...retained]) figures.takeDay(day, counted)
  }
}

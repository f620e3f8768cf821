import { valueText } from '@botdeck/shared/domain/conditions'
import { type Figure, RunningFigure } from '@botdeck/shared/domain/running-figure'
import { measured, type TrendMeasure, topValues } from '@botdeck/shared/domain/trend'
import { peopleTable } from '../people/people-table.ts'
import { DistinctFigure, distinctBytes } from './distinct-figure.ts'
import { type PeriodPlan, periodPlan } from './period-plan.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { forEachTrendEvent } from './trend-events.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['trend']

/** One line of a trend: a figure for each period, and one for the whole range. */
class Series {
  readonly #whole: Figure
  readonly #points: Figure[]

  constructor(periods: number, newFigure: () => Figure) {
    this.#whole = newFigure()
    this.#points = Array.from({ length: periods }, newFigure)
  }

  add(uid: number, place: number, amount: number): void {
    this.#whole.add(uid, amount)
    this.#points[place]?.add(uid, amount)
  }

  /** Whether no event was added. */
  get isEmpty(): boolean {
    return this.#whole.events === 0
  }

  answer({ points }: PeriodPlan, measure: TrendMeasure) {
    return {
      total: measured(this.#whole, measure),
      points: points.map((point, place) => {
        const value = measured(this.#points[place] ?? new RunningFigure(), measure)
        return { ...headingOf(point), value, complete: point.complete }
      }),
    }
  }
}

/** Bytes that distinct people of events in any order may take; beyond them events are put in order. */
const mostBytes = 64 * 2 ** 20

interface Asked {
  params: Params
  plan: PeriodPlan
  /** Whether events may come in any order. */
  anyOrder: boolean
  newFigure: () => Figure
}

/** How events are counted: in any order, unless distinct people are asked for and are too many to be remembered. */
async function askedOf(view: View, params: Params): Promise<Asked> {
  const plan = periodPlan(view, params)
  if (params.measure !== 'users')
    return { params, plan, anyOrder: true, newFigure: () => new RunningFigure() }
  const { people } = await peopleTable(view)
  const anyOrder = !params.breakdown && distinctBytes(people) * (plan.points.length + 1) <= mostBytes
  return { params, plan, anyOrder, newFigure: () => (anyOrder ? new DistinctFigure() : new RunningFigure()) }
}

/** The line that an event without the property belongs to, and the one of all values that are not shown. */
const missing = Symbol('missing')
const others = Symbol('others')
type Line = string | typeof missing | typeof others

/** Which line of the breakdown each value belongs to. */
function linesOf(totals: ReadonlyMap<string | null, Figure>, params: Params) {
  const named = [...totals].flatMap(([value, figure]): [string, number][] =>
    value === null ? [] : [[value, measured(figure, params.measure) ?? 0]],
  )
  const shown = topValues(new Map(named), params.breakdown?.limit ?? 0)
  const known = new Set(shown)
  const lineOf = (value: string | null): Line =>
    value === null ? missing : known.has(value) ? value : others
  return { lineOf, lines: [...shown, missing, others] satisfies Line[] }
}

/** The whole, and the total of each value of the breakdown. */
async function readWhole(view: View, asked: Asked) {
  const whole = new Series(asked.plan.points.length, asked.newFigure)
  const totals = new Map<string | null, Figure>()
  await forEachTrendEvent(view, asked, (uid, place, amount, values) => {
    whole.add(uid, place, amount)
    for (const value of values) {
      let figure = totals.get(value)
      if (!figure) {
        figure = asked.newFigure()
        totals.set(value, figure)
      }
      figure.add(uid, amount)
    }
  })
  return { whole, totals }
}

/** The lines of the breakdown; distinct people of the others need a second look, once it is known who they are. */
async function readLines(view: View, asked: Asked, totals: ReadonlyMap<string | null, Figure>) {
  const { plan, params } = asked
  const { lineOf, lines } = linesOf(totals, params)
  const newSeries = () => new Series(plan.points.length, asked.newFigure)
  const series = new Map<Line, Series>(lines.map((line) => [line, newSeries()]))
  await forEachTrendEvent(view, asked, (uid, place, amount, values) => {
    const [first] = values
    if (values.length === 1 && first !== undefined) series.get(lineOf(first))?.add(uid, place, amount)
    else for (const line of new Set(values.map(lineOf))) series.get(line)?.add(uid, place, amount)
  })
  return lines.flatMap((line) => {
    const each = series.get(line)
    if (!each || each.isEmpty) return []
    const name = line === others ? { other: true } : { value: line === missing ? null : line }
    return [{ ...name, ...each.answer(plan, params.measure) }]
  })
}

/** Whether the values of an event are of the line asked for; of the whole all are. */
async function wantedValues(view: View, params: PeopleParams['trend'], asked: Asked) {
  const { breakdownValue, other } = params
  if (breakdownValue !== undefined) {
    const text = valueText(breakdownValue)
    return (values: readonly (string | null)[]) => values.includes(text)
  }
  if (!other) return () => true
  const { totals } = await readWhole(view, asked)
  const { lineOf } = linesOf(totals, params)
  return (values: readonly (string | null)[]) => values.some((value) => lineOf(value) === others)
}

/**
 * How often something happens: events, distinct people, or the sum or average of a property, per period and of the whole
 * range; by the values of a property or of a field of people where asked for. In a breakdown a person counts under each
 * value they had. Of a sum and an average, the people behind are those with a number.
 */
export const trendStat: Stat<'trend'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const asked = await askedOf(view, params)
    const { whole, totals } = await readWhole(view, asked)
    const answer = { ...answered(view), ...whole.answer(asked.plan, params.measure) }
    return params.breakdown ? { ...answer, breakdown: await readLines(view, asked, totals) } : answer
  },
  async people(view, params) {
    const asked = await askedOf(view, params)
    const { plan } = asked
    const wanted = params.start === undefined ? null : pointNamed(plan.points, params.start)
    const isWanted = await wantedValues(view, params, asked)
    const uids = new Set<number>()
    await forEachTrendEvent(view, { params, plan, anyOrder: true }, (uid, place, _amount, values) => {
      if ((wanted === null || place === wanted) && isWanted(values)) uids.add(uid)
    })
    return uids
  },
}

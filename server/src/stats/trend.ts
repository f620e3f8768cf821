import { valueText } from '@botdeck/shared/domain/conditions'
import { RunningFigure } from '@botdeck/shared/domain/running-figure'
import { measured, type TrendMeasure, topValues } from '@botdeck/shared/domain/trend'
import { type PeriodPlan, periodPlan } from './period-plan.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { forEachTrendEvent, type TrendEvent } from './trend-events.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['trend']

/** One line of a trend: a figure for each period, and one for the whole range. */
class Series {
  readonly #whole = new RunningFigure()
  readonly #points: RunningFigure[]

  constructor(periods: number) {
    this.#points = Array.from({ length: periods }, () => new RunningFigure())
  }

  add({ uid, place, amount }: TrendEvent): void {
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

/** The line that an event without the property belongs to, and the one of all values that are not shown. */
const missing = Symbol('missing')
const others = Symbol('others')
type Line = string | typeof missing | typeof others

/** Which line of the breakdown each value belongs to. */
function linesOf(totals: ReadonlyMap<string | null, RunningFigure>, params: Params) {
  const named = [...totals].flatMap(([value, figure]): [string, number][] =>
    value === null ? [] : [[value, measured(figure, params.measure) ?? 0]],
  )
  const shown = topValues(new Map(named), params.breakdown?.limit ?? 0)
  const known = new Set(shown)
  const lineOf = (value: string | null): Line =>
    value === null ? missing : known.has(value) ? value : others
  return { lineOf, lines: [...shown, missing, others] satisfies Line[] }
}

type Asked = { params: Params; plan: PeriodPlan }

/** The whole, and the total of each value of the breakdown. */
async function readWhole(view: View, asked: Asked) {
  const whole = new Series(asked.plan.points.length)
  const totals = new Map<string | null, RunningFigure>()
  await forEachTrendEvent(view, asked, (event, values) => {
    whole.add(event)
    for (const value of values) {
      let figure = totals.get(value)
      if (!figure) {
        figure = new RunningFigure()
        totals.set(value, figure)
      }
      figure.add(event.uid, event.amount)
    }
  })
  return { whole, totals }
}

/** The lines of the breakdown; distinct people of the others need a second look, once it is known who they are. */
async function readLines(view: View, asked: Asked, totals: Map<string | null, RunningFigure>) {
  const { lineOf, lines } = linesOf(totals, asked.params)
  const series = new Map<Line, Series>(lines.map((line) => [line, new Series(asked.plan.points.length)]))
  await forEachTrendEvent(view, asked, (event, values) => {
    const [first] = values
    if (values.length === 1 && first !== undefined) series.get(lineOf(first))?.add(event)
    else for (const line of new Set(values.map(lineOf))) series.get(line)?.add(event)
  })
  return lines.flatMap((line) => {
    const each = series.get(line)
    if (!each || each.isEmpty) return []
    const name = line === others ? { other: true } : { value: line === missing ? null : line }
    return [{ ...name, ...each.answer(asked.plan, asked.params.measure) }]
  })
}

/** Whether the values of an event are of the line asked for; of the whole all are. */
async function wantedValues(view: View, params: PeopleParams['trend'], plan: PeriodPlan) {
  const { breakdownValue, other } = params
  if (breakdownValue !== undefined) {
    const text = valueText(breakdownValue)
    return (values: readonly (string | null)[]) => values.includes(text)
  }
  if (!other) return () => true
  const { totals } = await readWhole(view, { params, plan })
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
    const asked = { params, plan: periodPlan(view, params) }
    const { whole, totals } = await readWhole(view, asked)
    const answer = { ...answered(view), ...whole.answer(asked.plan, params.measure) }
    return params.breakdown ? { ...answer, breakdown: await readLines(view, asked, totals) } : answer
  },
  async people(view, params) {
    const plan = periodPlan(view, params)
    const place = params.start === undefined ? null : pointNamed(plan.points, params.start)
    const isWanted = await wantedValues(view, params, plan)
    const uids = new Set<number>()
    await forEachTrendEvent(view, { params, plan }, (event, values) => {
      if ((place === null || event.place === place) && isWanted(values)) uids.add(event.uid)
    })
    return uids
  },
}

import { valueText } from '@botdeck/shared/domain/conditions'
import { type Figure, RunningFigure } from '@botdeck/shared/domain/running-figure'
import { measured } from '@botdeck/shared/domain/trend'
import { peopleTable } from '../people/people-table.ts'
import { type Breakdown, BreakdownRows } from './breakdown.ts'
import { DistinctFigure, distinctBytes } from './distinct-figure.ts'
import { type PeriodPlan, periodPlan } from './period-plan.ts'
import { pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { forEachTrendEvent, ValueGroups } from './trend-events.ts'
import { Series } from './trend-series.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['trend']

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

/** Figures that the lines of a breakdown may take; the values that are met later are only added up. */
const mostFigures = 20_000

/** The whole, and the line of each value of the breakdown, by its group. */
async function readWhole(view: View, asked: Asked) {
  const { plan, newFigure } = asked
  const periods = plan.points.length
  const whole = new Series(periods, newFigure)
  const groups = new ValueGroups()
  const series: Series[] = []
  const isFull = (group: number) => group * (periods + 1) > mostFigures
  await forEachTrendEvent(view, { ...asked, groups }, (uid, place, amount, ofEvent) => {
    whole.add(uid, place, amount)
    for (const group of ofEvent) {
      let line = series[group]
      if (!line) {
        line = new Series(isFull(group) ? 0 : periods, newFigure)
        series[group] = line
      }
      line.add(uid, place, amount)
    }
  })
  return { whole, values: groups.values, series, isComplete: !isFull(series.length) }
}

type Whole = Awaited<ReturnType<typeof readWhole>>

/** The rows of the breakdown by the totals of all values. */
function rowsOf({ values, series }: Whole, { measure }: Params, breakdown: Breakdown): BreakdownRows {
  const totals = new Map<string, number>()
  for (const [group, value] of values.entries()) {
    const line = series[group]
    if (value !== null && line) totals.set(value, measured(line.whole, measure) ?? 0)
  }
  return new BreakdownRows(totals, breakdown)
}

/**
 * The lines of the rows from those of all values; null where several values are pooled and people may be counted in two of
 * them, or events, as those of a person in two segments.
 */
function mergedLines({ values, series, isComplete }: Whole, asked: Asked, rows: BreakdownRows) {
  const { plan, params, newFigure } = asked
  const pooled = values.filter((value) => rows.placeOf(value) === rows.others)
  const mayOverlap = params.measure === 'users' || params.breakdown?.key === 'segment'
  if (!isComplete || (mayOverlap && pooled.length > 1)) return null
  const lines = rows.names.map(() => new Series(plan.points.length, newFigure))
  for (const [group, value] of values.entries()) {
    const line = series[group]
    const row = rows.placeOf(value)
    if (line && row === rows.others && pooled.length > 1) lines[row]?.merge(line)
    else if (line) lines[row] = line
  }
  return lines
}

/** The same by looking at the events again, once it is known which values are pooled. */
async function readLines(view: View, asked: Asked, rows: BreakdownRows): Promise<Series[]> {
  const groups = new ValueGroups()
  const lines = rows.names.map(() => new Series(asked.plan.points.length, asked.newFigure))
  const rowOf = (group: number) => rows.placeOf(groups.values[group] ?? null)
  await forEachTrendEvent(view, { ...asked, groups }, (uid, place, amount, ofEvent) => {
    const [first] = ofEvent
    if (ofEvent.length === 1 && first !== undefined) lines[rowOf(first)]?.add(uid, place, amount)
    else for (const row of new Set(ofEvent.map(rowOf))) lines[row]?.add(uid, place, amount)
  })
  return lines
}

async function breakdownOf(view: View, asked: Asked, of: { whole: Whole; breakdown: Breakdown }) {
  const { plan, params } = asked
  const rows = rowsOf(of.whole, params, of.breakdown)
  const lines = mergedLines(of.whole, asked, rows) ?? (await readLines(view, asked, rows))
  return rows.names.flatMap((name, row) => {
    const line = lines[row]
    return line && line.whole.events > 0 ? [{ ...name, ...line.answer(plan, params.measure) }] : []
  })
}

/** Whether a value is of the line asked for; null where the whole is asked for. */
async function isWantedValue(view: View, params: PeopleParams['trend'], asked: Asked) {
  const { breakdown, breakdownValue, other } = params
  if (breakdownValue !== undefined) {
    const text = valueText(breakdownValue)
    return (value: string | null) => value === text
  }
  if (!other || !breakdown) return null
  const rows = rowsOf(await readWhole(view, asked), params, breakdown)
  return (value: string | null) => rows.placeOf(value) === rows.others
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
    const whole = await readWhole(view, asked)
    const answer = { ...answered(view), ...whole.whole.answer(asked.plan, params.measure) }
    const { breakdown } = params
    return breakdown ? { ...answer, breakdown: await breakdownOf(view, asked, { whole, breakdown }) } : answer
  },
  async people(view, params) {
    const asked = await askedOf(view, params)
    const { plan } = asked
    const wanted = params.start === undefined ? null : pointNamed(plan.points, params.start)
    const isWanted = await isWantedValue(view, params, asked)
    const groups = new ValueGroups()
    const uids = new Set<number>()
    await forEachTrendEvent(
      view,
      { params, plan, anyOrder: true, groups },
      (uid, place, _amount, ofEvent) => {
        if (wanted !== null && place !== wanted) return
        if (!isWanted || ofEvent.some((group) => isWanted(groups.values[group] ?? null))) uids.add(uid)
      },
    )
    return uids
  },
}

import type { Period } from '@botdeck/shared/domain/range'
import type { RetentionShape } from '@botdeck/shared/domain/retention'
import type { OverviewPlan, Span } from './overview-spans.ts'
import { type PaymentRow, reportingValue, revenueOf } from './payment-rows.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

/*
 * Places of figures in a tally: 0 is the current period, 1 the previous one, 2 and on are the points.
 */
export const currentPlace = 0
export const previousPlace = 1
export const firstPoint = 2

/** Columns of the retention beside the figures, in days after the first activity. */
export const retentionColumns = { d1: 1, d7: 7, d30: 30 } as const

const cohortDays = 60

/** Tells of an instant which places it counts in. */
export function placesOf(
  view: View,
  { current, previous, points, range }: OverviewPlan,
): (at: number) => number[] {
  const byDay = new Map(
    points.map((point: Period, index) => [view.clock.firstDay(point.index, 'day'), index]),
  )
  const within = (at: number, { from, to }: Pick<Span, 'from' | 'to'>) => at >= from && at < to
  return (at) => {
    const places: number[] = []
    if (within(at, current)) places.push(currentPlace)
    if (within(at, previous)) places.push(previousPlace)
    const point = within(at, range) ? byDay.get(view.clock.dayOf(at)) : undefined
    if (point !== undefined) places.push(firstPoint + point)
    return places
  }
}

/** The instants between which everything lies that any place counts. */
export function reachOf({ current, previous, range }: OverviewPlan): { from: number; to: number } {
  return { from: previous.from, to: Math.max(current.to, range.to) }
}

/** Payers (distinct people) and net revenue (reporting currency) of each place. */
export function tallyPayments(
  view: View,
  payments: readonly PaymentRow[],
  { places, tally }: { places: (at: number) => number[]; tally: Tally },
): void {
  const paid = new Set<string>()
  for (const payment of payments) {
    const { uid, succeededAt } = payment
    for (const place of succeededAt === null ? [] : places(succeededAt)) {
      if (paid.has(`${place} ${uid}`)) continue
      paid.add(`${place} ${uid}`)
      tally.add('payers', place, uid)
    }
    const value = reportingValue(payment, view.settings)
    if (value === null) continue
    for (const { at, amount } of revenueOf(payment, value))
      for (const place of places(at)) tally.add('net', place, uid, amount)
  }
}

/** The daily cohorts whose retention stands beside a period: of the 60 days that end with it, at most with `asOf`. */
export function cohortsBeside(view: View, { to }: Span): RetentionShape {
  const lastDay = Math.min(view.clock.dayOf(to - 1), view.clock.dayOf(view.asOf))
  const firstPeriod = view.clock.periodOfDay(lastDay - cohortDays + 1, 'day')
  const periods = retentionColumns.d30 + 1
  return { firstPeriod, cohorts: cohortDays, periods, start: 'first_time', mode: 'on' }
}

/** Pools the complete cells of daily cohorts: people retained as `d1` …, and those they are a share of as `d1Size` … */
export function poolRetention(
  view: View,
  shape: RetentionShape,
  report: (figure: string, row: number, k: number) => void,
): void {
  for (const [figure, k] of Object.entries(retentionColumns))
    for (let row = 0; row < shape.cohorts; row++) {
      if (view.clock.periodStart(shape.firstPeriod + row + k + 1, 'day') > view.asOf) continue
      report(figure, row, k)
      report(`${figure}Size`, row, 0)
    }
}

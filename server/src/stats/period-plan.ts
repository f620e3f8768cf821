import type { Unit } from '@botdeck/shared/domain/civil'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import type { Period, Range } from '@botdeck/shared/domain/range'
import { pointsOf } from './points.ts'
import { rangeOf, type View } from './view.ts'

/** The periods of a range that have begun, and the part of the range that they cover: what happened in it counts. */
export interface PeriodPlan extends Range {
  points: Period[]
  table: PeriodTable
}

interface Asked {
  from: string
  to: string
  interval: Unit
}

/** Plans the points of a range; those at its edges count only what lies in it. Throws `invalid_params`. */
export function periodPlan(view: View, asked: Asked): PeriodPlan {
  const range = rangeOf(view, asked)
  const { points } = pointsOf(view, range, asked.interval)
  const end = points.at(-1)?.end ?? range.from
  return { points, table: new PeriodTable(points), from: range.from, to: Math.min(range.to, end) }
}

/** The same of whole periods: those at the edges of the range reach beyond it. Throws `invalid_params`. */
export function wholePeriodPlan(view: View, asked: Asked): PeriodPlan {
  const { clock } = view
  const range = rangeOf(view, asked)
  const from = clock.periodStart(clock.periodIndex(range.from, asked.interval), asked.interval)
  const to = clock.periodStart(clock.periodIndex(range.to - 1, asked.interval) + 1, asked.interval)
  const { points } = pointsOf(view, { from, to }, asked.interval)
  return { points, table: new PeriodTable(points), from, to: points.at(-1)?.end ?? from }
}

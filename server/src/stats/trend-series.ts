import { type Figure, RunningFigure } from '@botdeck/shared/domain/running-figure'
import { measured, type TrendMeasure } from '@botdeck/shared/domain/trend'
import type { PeriodPlan } from './period-plan.ts'
import { headingOf } from './points.ts'

/** One line of a trend: a figure for each period, and one for the whole range. */
export class Series {
  readonly whole: Figure
  readonly #points: Figure[]

  /** Of 0 periods it has the figure of the whole range alone. */
  constructor(periods: number, newFigure: () => Figure) {
    this.whole = newFigure()
    this.#points = Array.from({ length: periods }, newFigure)
  }

  add(uid: number, place: number, amount: number): void {
    this.whole.add(uid, amount)
    this.#points[place]?.add(uid, amount)
  }

  /** Adds what another line counted; not its people, who may be in both. */
  merge(other: Series): void {
    this.whole.merge(other.whole)
    for (const [place, figure] of this.#points.entries()) {
      const added = other.#points[place]
      if (added) figure.merge(added)
    }
  }

  answer({ points }: PeriodPlan, measure: TrendMeasure) {
    return {
      total: measured(this.whole, measure),
      points: points.map((point, place) => {
        const value = measured(this.#points[place] ?? new RunningFigure(), measure)
        return { ...headingOf(point), value, complete: point.complete }
      }),
    }
  }
}

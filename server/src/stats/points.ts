import { AppError } from '@botdeck/shared/contract/errors'
import type { Unit } from '@botdeck/shared/domain/civil'
import { type Period, periodsIn, type Range } from '@botdeck/shared/domain/range'
import type { View } from './view.ts'

/** The periods of a range that have begun, and whether the range cuts the first or the last of them. */
export function pointsOf(view: View, range: Range, unit: Unit): { points: Period[]; cut: boolean } {
  const points = periodsIn(range, unit, { clock: view.clock, now: view.asOf })
  const first = points[0]
  const last = points.at(-1)
  const cut = (first !== undefined && first.start < range.from) || (last !== undefined && last.end > range.to)
  return { points, cut }
}

/** How a point names itself: its local day or hour, and the instant at which it begins. */
export function headingOf({ label, start }: Pick<Period, 'label' | 'start'>): {
  start: string
  startsAt: string
} {
  return { start: label, startsAt: new Date(start).toISOString() }
}

/** The place of the point that `start` names by its label or its instant. Throws `invalid_params` naming `start`. */
export function pointNamed(points: readonly Pick<Period, 'label' | 'start'>[], start: string): number {
  const index = points.findIndex((point) => point.label === start || headingOf(point).startsAt === start)
  if (index < 0)
    throw new AppError('invalid_params', 'start names no point of the answer', { field: 'start' })
  return index
}

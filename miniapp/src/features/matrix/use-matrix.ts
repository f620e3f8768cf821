import { usePanel } from '../../components/panel.tsx'
import { useScope } from '../../components/scope.ts'
import type { Period } from '../../url/days.ts'
import { type Matrix, matrixOf, naturalPeriod } from '../../url/retention.ts'

/** The period in force (chosen, or the one that suits the range) and its matrix. */
export function useMatrix(chosen: Period | undefined): { period: Period; matrix: Matrix } {
  const { today, weekStart } = usePanel()
  const { range } = useScope()
  const period = chosen ?? naturalPeriod(range)
  return { period, matrix: matrixOf(range, { period, weekStart, today }) }
}

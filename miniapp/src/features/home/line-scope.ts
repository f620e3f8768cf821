import type { Scope } from '../../api/scope.ts'
import type { ScopeState } from '../../components/scope.ts'
import { atLeast } from '../../url/range.ts'

/** Days that a small line shows at least: those that end with the range. */
export const lineDays = 14

/** The scope of the lines beside the figures: the range itself, or the 14 days that end with it. */
export function lineScope({ range, scope }: ScopeState): Scope {
  const { from, to } = atLeast(range, lineDays)
  return { ...scope, from, to }
}

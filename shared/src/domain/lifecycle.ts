/** What a person is in a period, beside the period before it. */
export const lifecycleStates = ['new', 'returning', 'resurrecting', 'dormant'] as const

export type LifecycleState = (typeof lifecycleStates)[number]

/**
 * Tells what one person is in each of `periods` periods, counted from 0.
 *
 * - `new`: active in it for the first time ever; `returning`: active in it and in the one before; `resurrecting`: active
 *   in it, not in the one before, but earlier; `dormant`: active in the one before and not in it.
 * - `active` are the periods with activity, ascending and each once, from −1 on: the period before the first decides
 *   about the first. `first` is the period of the first activity ever, below 0 where that lies before period 0.
 *
 * So active(t) = new + returning + resurrecting, and active(t − 1) = returning + dormant.
 */
export function forEachState(
  { active, first }: { active: readonly number[]; first: number },
  periods: number,
  emit: (state: LifecycleState, period: number) => void,
): void {
  let before = Number.NEGATIVE_INFINITY
  for (const [index, period] of active.entries()) {
    if (period >= 0 && period < periods) {
      if (period === first) emit('new', period)
      else emit(before === period - 1 ? 'returning' : 'resurrecting', period)
    }
    const next = period + 1
    if (next >= 0 && next < periods && active[index + 1] !== next) emit('dormant', next)
    before = period
  }
}

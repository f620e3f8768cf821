/** What a person is in a period, beside the period before it. */
export const lifecycleStates = ['new', 'returning', 'resurrecting', 'dormant'] as const

export type LifecycleState = (typeof lifecycleStates)[number]

type Emit = (state: LifecycleState, period: number) => void

/** Before every period: who was not active before. */
export const neverActive = Number.MIN_SAFE_INTEGER

/**
 * Tells what a person is from the period after `before`, their last one with activity, to `period`, their next one. The
 * rules are those of `forEachState`, which takes a person's periods at once.
 */
export function enterPeriod(
  { before, period, first }: { before: number; period: number; first: number },
  periods: number,
  emit: Emit,
): void {
  if (before + 1 < period) leavePeriod(before, periods, emit)
  if (period < 0 || period >= periods) return
  if (period === first) emit('new', period)
  else emit(before === period - 1 ? 'returning' : 'resurrecting', period)
}

/** Tells of the period after a person's last one with activity. */
export function leavePeriod(last: number, periods: number, emit: Emit): void {
  if (last >= -1 && last + 1 < periods) emit('dormant', last + 1)
}

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
  emit: Emit,
): void {
  let before = neverActive
  for (const period of active) {
    enterPeriod({ before, period, first }, periods, emit)
    before = period
  }
  leavePeriod(before, periods, emit)
}

/** Told of a session: the indices of its events, `start` inclusive and `end` exclusive. */
export type SessionVisit = (start: number, end: number) => void

/**
 * Cuts the activity of one person into sessions. `at` holds times in ms, ascending from index `start` up to `end`; a new
 * session begins where more than `gapMs` has passed since the event before.
 */
export function forEachSession(
  { at, start, end }: { at: ArrayLike<number>; start: number; end: number },
  gapMs: number,
  visit: SessionVisit,
): void {
  let first = start
  for (let index = start + 1; index <= end; index++) {
    // @NOTE Both indices lie inside where they are compared.
    if (index < end && (at[index] as number) - (at[index - 1] as number) <= gapMs) continue
    if (first < index) visit(first, index)
    first = index
  }
}

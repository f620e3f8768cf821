/**
 * Tells for a person who did the event in `distinct` periods where they count: in `exactly` that many, and in `atLeast`
 * every number up to it.
 */
export function forEachStickiness(
  distinct: number,
  emit: (which: 'exactly' | 'atLeast', periods: number) => void,
): void {
  if (distinct > 0) emit('exactly', distinct)
  for (let periods = 1; periods <= distinct; periods++) emit('atLeast', periods)
}

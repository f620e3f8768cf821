/** `part` ÷ `whole`; null when the whole is 0. */
export function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** Arithmetic mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return rate(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
}

/** The middle value, or half-way between the two middle ones; null of nothing. Values may come in any order. */
export function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort()
  const high = sorted[sorted.length >> 1]
  const low = sorted[(sorted.length - 1) >> 1]
  return high === undefined || low === undefined ? null : low + (high - low) / 2
}

/**
 * The value below which `share` (0–1) of the values lie, interpolated between the two nearest (Hyndman and Fan's definition
 * 7, as numpy and R have it); null of nothing. Values may come in any order.
 */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = Float64Array.from(values).sort()
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)]
  const high = sorted[Math.ceil(place)]
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place))
}

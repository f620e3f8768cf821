import { selectPlace } from './selection.ts'

/** `part` ÷ `whole`; null when the whole is 0. */
export function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** Arithmetic mean; null of nothing. */
export function mean(values: ArrayLike<number>): number | null {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0
  return rate(sum, values.length)
}

/** The middle value, or half-way between the two middle ones; null of nothing. Values may come in any order. */
export function median(values: ArrayLike<number>): number | null {
  return quantile(values, 0.5)
}

/**
 * The value below which `share` (0–1) of the values lie, interpolated between the two nearest (Hyndman and Fan's definition
 * 7, as numpy and R have it); null of nothing. Values may come in any order.
 */
export function quantile(values: ArrayLike<number>, share: number): number | null {
  if (values.length === 0) return null
  const places = Float64Array.from(values)
  const place = (places.length - 1) * share
  const [below, above] = [Math.floor(place), Math.ceil(place)]
  selectPlace(places, above)
  const high = places[above] ?? Number.NaN
  if (below === above) return high
  let low = Number.NEGATIVE_INFINITY
  for (let index = 0; index <= below; index++) low = Math.max(low, places[index] ?? low)
  return low + (high - low) * (place - below)
}

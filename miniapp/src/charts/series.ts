/** One line or set of bars. `earlier` and faint ones lie behind. */
export interface Series {
  id: string
  name: string
  values: readonly (number | null)[]
  color: string
  /** A thick line: the one that matters. */
  bold?: boolean
  /** A line in the background, without a chip of its own. */
  faint?: boolean
}

/** What a chart draws: a label for each point, and from which point on the period is not over. */
export interface ChartData {
  kind: 'line' | 'bar'
  labels: readonly string[]
  series: readonly Series[]
  /** Index of the first point that may still grow; the number of points where none does. */
  completeUntil: number
}

/** The index of the first incomplete point, or the number of points. */
export function completeUntil(points: readonly { complete: boolean }[]): number {
  const open = points.findIndex((point) => !point.complete)
  return open === -1 ? points.length : open
}

export interface SparkPoint {
  value: number
  complete: boolean
}

/** The corners of the line in a box of 100 by 28; the lowest value lies at the bottom, a level line in the middle. */
export function sparkCorners(points: readonly SparkPoint[]): [x: number, y: number][] {
  const values = points.map((point) => point.value)
  const top = Math.max(...values)
  const low = Math.min(...values)
  const span = top - low
  const step = points.length > 1 ? 100 / (points.length - 1) : 0
  return points.map(({ value }, index) => [index * step, span === 0 ? 14 : 26 - ((value - low) / span) * 24])
}

function path(corners: readonly [number, number][]): string {
  return corners.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
}

/** A line without axes; the part that is not over is dashed. It repeats what words say, so readers skip it. */
export function Sparkline({ points, className = '' }: { points: readonly SparkPoint[]; className?: string }) {
  const corners = sparkCorners(points)
  const open = points.findIndex((point) => !point.complete)
  const solid = open === -1 ? corners : corners.slice(0, open)
  const dashed = open === -1 ? [] : corners.slice(Math.max(0, open - 1))
  return (
    <svg
      viewBox="0 0 100 28"
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`block h-7 w-full fill-none stroke-2 stroke-series ${className}`}
    >
      <path d={path(solid)} vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
      <path d={path(dashed)} vectorEffect="non-scaling-stroke" strokeDasharray="2 3" />
    </svg>
  )
}

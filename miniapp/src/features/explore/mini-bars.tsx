import type { SparkPoint } from '../../components/sparkline.tsx'

/** Bars without axes, measured by the highest. */
export function MiniBars({ points }: { points: readonly SparkPoint[] }) {
  const top = Math.max(...points.map(({ value }) => value), 1)
  return (
    <span aria-hidden className="flex h-full items-end gap-0.5">
      {points.slice(0, 12).map(({ value }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={index}
          className="min-h-px flex-1 rounded-t-sm bg-series"
          style={{ height: `${(value / top) * 100}%` }}
        />
      ))}
    </span>
  )
}

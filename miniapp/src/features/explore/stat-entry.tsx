import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cellClass } from '../../components/cell.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Sparkline, type SparkPoint } from '../../components/sparkline.tsx'
import { nothing } from '../../format/numbers.ts'
import { MiniBars } from './mini-bars.tsx'

/** Where each stat is shown. */
export const statPages = {
  activity: '/activity',
  trend: '/trend',
  retention: '/retention',
  funnel: '/funnel',
  lifecycle: '/lifecycle',
  sessions: '/sessions',
  heatmap: '/heatmap',
  packages: '/money',
  cohorts: '/cohorts',
} as const

interface Props {
  stat: keyof typeof statPages
  /** The one figure; undefined while it loads. */
  figure: string | undefined
  /** The figure cannot be had; its own page says why. */
  failed: boolean
  points: readonly SparkPoint[] | undefined
  bars?: boolean
}

/** A stat on its row: name, what it tells, and a live miniature of it. */
export function StatEntry({ stat, figure, failed, points, bars = false }: Props) {
  const { t } = useTranslation()
  return (
    <Link to={statPages[stat]} className={`${cellClass} min-h-18!`}>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{t(`explore.${stat}`)}</span>
        <span className="line-clamp-2 block text-hint text-label">{t(`explore.${stat}Text`)}</span>
      </span>
      <span className="w-22 shrink-0">
        <span className="block h-5.5 truncate text-right font-semibold">
          {figure ?? (failed ? nothing : <Skeleton className="ml-auto h-4 w-14" />)}
        </span>
        <span className="mt-0.5 block h-7">
          {points === undefined ? (
            !failed && <Skeleton className="h-full w-full" />
          ) : bars ? (
            <MiniBars points={points} />
          ) : (
            points.length > 1 && <Sparkline points={points} />
          )}
        </span>
      </span>
      <ChevronRight size={18} className="-mr-1 shrink-0 text-hint" aria-hidden />
    </Link>
  )
}

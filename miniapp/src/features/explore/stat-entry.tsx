import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cellClass } from '../../components/cell.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Sparkline, type SparkPoint } from '../../components/sparkline.tsx'
import { MiniBars } from './mini-bars.tsx'

interface Props {
  stat: 'retention' | 'funnel' | 'activity' | 'cohorts' | 'packages'
  to: '/retention' | '/funnel' | '/activity' | '/cohorts' | '/money'
  /** The one figure; undefined while it loads or cannot be had. */
  figure: string | undefined
  points: readonly SparkPoint[] | undefined
  bars?: boolean
}

/** A stat on its row: name, what it tells, and a live miniature of it. */
export function StatEntry({ stat, to, figure, points, bars = false }: Props) {
  const { t } = useTranslation()
  return (
    <Link to={to} className={`${cellClass} min-h-18!`}>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{t(`explore.${stat}`)}</span>
        <span className="line-clamp-2 block text-hint text-label">{t(`explore.${stat}Text`)}</span>
      </span>
      <span className="w-22 shrink-0">
        <span className="block h-5.5 truncate text-right font-semibold">
          {figure ?? <Skeleton className="ml-auto h-4 w-14" />}
        </span>
        <span className="mt-0.5 block h-7">
          {points === undefined ? (
            <Skeleton className="h-full w-full" />
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

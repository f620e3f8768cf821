import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { codeOf } from '../api/errors.ts'
import { panelQuery } from '../api/queries.ts'
import { PanelProvider } from './panel.tsx'
import { type Refusal, Refused } from './refused.tsx'
import { Skeleton } from './skeleton.tsx'
import { StatTileSkeleton, Tiles } from './stat-tile.tsx'
import { FailureNotice } from './states.tsx'

function refusalOf(error: unknown): Refusal | null {
  const code = codeOf(error)
  if (code === 'forbidden') return 'forbidden'
  return code === 'unauthenticated' ? 'expired' : null
}

// A question on any screen may be the first to learn that the session is gone or the role was taken away.
function useRefusal(): Refusal | null {
  const cache = useQueryClient().getQueryCache()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  useEffect(
    () =>
      cache.subscribe(({ query }) => {
        const refused = query.state.status === 'error' ? refusalOf(query.state.error) : null
        if (refused) setRefusal(refused)
      }),
    [cache],
  )
  return refusal
}

/** Lets the pages be once it is known whose panel this is; until then their outline, or why there will be none. */
export function Gate({ children }: { children: ReactNode }) {
  const panel = useQuery(panelQuery(useApi()))
  const refusal = useRefusal() ?? (panel.isError ? refusalOf(panel.error) : null)
  if (refusal) return <Refused why={refusal} />
  if (panel.data)
    return (
      <PanelProvider value={panel.data}>
        <OfflineLine />
        {children}
      </PanelProvider>
    )
  if (panel.isError) return <FailureNotice error={panel.error} onRetry={() => void panel.refetch()} />
  return <Outline />
}

function OfflineLine() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  )
  if (online) return null
  return (
    <p role="status" className="px-4 pt-2 text-center text-hint text-label">
      {t('state.offline')}
    </p>
  )
}

/** A page before anything is known: the sizes are Home's, the first page of most. */
function Outline() {
  const { t } = useTranslation()
  return (
    <div role="status">
      <span className="sr-only">{t('common.loading')}</span>
      <div className="flex h-14 items-center px-4 pt-2">
        <Skeleton className="h-6 w-36" />
      </div>
      <div className="flex h-11 items-center gap-2 px-4">
        <Skeleton className="h-8 w-24 rounded-full" />
        <Skeleton className="h-8 w-28 rounded-full" />
      </div>
      <Tiles>
        <StatTileSkeleton />
        <StatTileSkeleton />
        <StatTileSkeleton />
        <StatTileSkeleton />
      </Tiles>
    </div>
  )
}

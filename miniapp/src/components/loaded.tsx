import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from './panel.tsx'
import { FailureNotice } from './states.tsx'

interface Props<T> {
  query: UseQueryResult<T>
  /** Of the final size, so that nothing jumps. */
  skeleton: ReactNode
  children: (data: T) => ReactNode
}

/** A question's answer, or its skeleton, or its failure; an answer that could not be refreshed says its age. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  const { t } = useTranslation()
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <Stale since={query.dataUpdatedAt} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    )
  if (query.isError) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div role="status">
      <span className="sr-only">{t('common.loading')}</span>
      {skeleton}
    </div>
  )
}

function Stale({ since, onRetry }: { since: number; onRetry: () => void }) {
  const { t } = useTranslation()
  const { ago } = useFormats()
  return (
    <button
      type="button"
      onClick={onRetry}
      className="mx-4 mb-2 block min-h-11 text-left text-hint text-label underline decoration-dotted"
    >
      {t('state.stale', { age: ago(new Date(since).toISOString()) })}
    </button>
  )
}

import type { UserPage, UserSummary } from '@botdeck/shared/contract/users'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { useFormats } from '../../components/panel.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { FailureNotice, useFailureText } from '../../components/states.tsx'
import { PersonRow, rowHeight } from './person-row.tsx'

type Query = UseInfiniteQueryResult<InfiniteData<UserPage>>

interface Props {
  query: Query
  empty: ReactNode
}

/** People without end: the next page is asked for before its rows are reached, and only rows in sight exist. */
export function PeopleList({ query, empty }: Props) {
  const { t } = useTranslation()
  const { number } = useFormats()
  if (query.data === undefined) {
    if (query.isError) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />
    return (
      <div role="status" className="mx-4 rounded-group bg-card max-[359px]:mx-3">
        <span className="sr-only">{t('common.loading')}</span>
        <SkeletonRows count={9} />
      </div>
    )
  }
  const total = query.data.pages.at(-1)?.total ?? 0
  const people = query.data.pages.flatMap((page) => page.users)
  if (people.length === 0) return empty
  return (
    <section className="mx-4 max-[359px]:mx-3">
      <p className="px-4 pb-1.5 text-header text-label" aria-live="polite">
        {t('common.people', { count: total, formatted: number.count(total) })}
      </p>
      <Rows people={people} query={query} />
    </section>
  )
}

// How many rows before the end the next page is asked for.
const ahead = 15

function Rows({ people, query }: { people: readonly UserSummary[]; query: Query }) {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [])
  const virtualizer = useWindowVirtualizer({
    count: people.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: top,
  })
  const rows = virtualizer.getVirtualItems()
  const near = (rows.at(-1)?.index ?? 0) >= people.length - ahead
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (near && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [near, hasNextPage, isFetching, isError, fetchNextPage])
  return (
    <>
      <ul
        ref={list}
        className="relative overflow-hidden rounded-group bg-card"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, start }) => {
          const person = people[index]
          return (
            person && (
              <li
                key={index}
                aria-posinset={index + 1}
                aria-setsize={query.hasNextPage ? -1 : people.length}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start - top}px)` }}
              >
                <PersonRow person={person} />
              </li>
            )
          )
        })}
      </ul>
      <ListEnd query={query} />
    </>
  )
}

function ListEnd({ query }: { query: Query }) {
  const { t } = useTranslation()
  const { title } = useFailureText(query.error)
  if (query.isError)
    return (
      <p className="flex items-center justify-center gap-2 py-3 text-hint text-label">
        {title}
        <Button look="link" onClick={() => void query.fetchNextPage()}>
          {t('common.retry')}
        </Button>
      </p>
    )
  return (
    <p className="flex h-11 items-center justify-center text-hint text-label">
      {query.hasNextPage ? t('common.loading') : t('users.end')}
    </p>
  )
}

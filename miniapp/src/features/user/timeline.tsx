import type { TimelineEvent } from '@botdeck/shared/contract/users'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/client.ts'
import { timelineQuery } from '../../api/people.ts'
import { Button } from '../../components/button.tsx'
import { useFormats } from '../../components/panel.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { FailureNotice } from '../../components/states.tsx'
import { InView } from './in-view.tsx'
import { TimelineEntry } from './timeline-entry.tsx'
import { TimelineHead } from './timeline-head.tsx'

interface Day {
  day: string
  events: TimelineEvent[]
}

/** Events, newest first, in groups of one local day each. */
export function daysOf(events: readonly TimelineEvent[], dayOf: (instant: string) => string): Day[] {
  const days: Day[] = []
  for (const event of events) {
    const day = dayOf(event.at)
    const last = days.at(-1)
    if (last?.day === day) last.events.push(event)
    else days.push({ day, events: [event] })
  }
  return days
}

/** What happened between a person and the bot, like a chat that is read from its end. */
export function Timeline({ userId, before }: { userId: string; before: string | undefined }) {
  const { t } = useTranslation()
  const { date } = useFormats()
  const query = useInfiniteQuery(timelineQuery(useApi(), userId, before))
  const pages = query.data?.pages
  const days = useMemo(() => daysOf(pages?.flatMap(({ events }) => events) ?? [], date.dayOf), [pages, date])
  return (
    <section className="mx-4 max-[359px]:mx-3">
      <TimelineHead before={before} />
      {query.isPending && <BubbleSkeleton />}
      {query.isError && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && days.length === 0 && (
        <p className="py-8 text-center text-hint text-sub">
          {t(before ? 'user.noTimelineBefore' : 'user.noTimeline')}
        </p>
      )}
      {days.map(({ day, events }) => (
        <section key={day} className="relative">
          <h3 className="pointer-events-none sticky top-[calc(var(--inset-top)+0.5rem)] z-1 flex justify-center py-2">
            <span className="rounded-full bg-fill px-3 py-1 text-label backdrop-blur-md">
              {date.longDay(day)}
            </span>
          </h3>
          <ol className="flex flex-col gap-1.5">
            {events.map((event) => (
              <TimelineEntry key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <InView onSeen={() => !query.isFetching && void query.fetchNextPage()}>
          <Button look="link" className="w-full" onClick={() => void query.fetchNextPage()}>
            {query.isFetching ? t('common.loading') : t('common.more')}
          </Button>
        </InView>
      )}
    </section>
  )
}

function BubbleSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" className="space-y-2 pt-4">
      <span className="sr-only">{t('common.loading')}</span>
      <Skeleton className="ml-auto h-10 w-2/5 rounded-2xl" />
      <Skeleton className="h-16 w-3/5 rounded-2xl" />
      <Skeleton className="mx-auto h-4 w-1/3" />
      <Skeleton className="ml-auto h-10 w-1/2 rounded-2xl" />
    </div>
  )
}

import type { Activity } from '@botdeck/shared/contract/stats/activity'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { CalendarOff } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { activityQuery } from '../api/queries.ts'
import { rangeQuery } from '../api/scope.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { completeUntil } from '../charts/series.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useFormats } from '../components/panel.tsx'
import { PeopleLink } from '../components/people-link.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { StatTile, Tiles } from '../components/stat-tile.tsx'
import { Notice } from '../components/states.tsx'
import { lineDays, lineScope } from '../features/home/line-scope.ts'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'
import { readable } from '../telegram/contrast.ts'
import { usePalette } from '../telegram/theme.ts'
import { lengthOf } from '../url/range.ts'

export const Route = createFileRoute('/activity')({
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => [
      context.queryClient.ensureQueryData(activityQuery(context.api, lineScope(scopeOf(deps, today)))),
    ]),
  component: ActivityPage,
})

const lines = ['dau', 'wau', 'mau'] as const

function ActivityPage() {
  const { t } = useTranslation()
  const query = useQuery(activityQuery(useApi(), lineScope(useScope())))
  return (
    <Page
      title={t('activity.title')}
      bar={<RangeBar />}
      action={<Help texts={[{ title: t('activity.title'), text: t('activity.help') }]} />}
    >
      <Loaded query={query} skeleton={<MatrixSkeleton />}>
        {(activity) =>
          activity.points.length === 0 ? (
            <Notice icon={CalendarOff} title={t('activity.title')} text={t('activity.empty')} />
          ) : (
            <ActivityFigures activity={activity} />
          )
        }
      </Loaded>
    </Page>
  )
}

function ActivityFigures({ activity: { points } }: { activity: Activity }) {
  const { t } = useTranslation()
  const { number, date } = useFormats()
  const state = useScope()
  const palette = usePalette()
  const colors = useMemo(
    () => ({ dau: palette.series, wau: palette['cat-2'], mau: palette['cat-3'] }),
    [palette],
  )
  const query = rangeQuery(lineScope(state))
  const people = (cell: string, start: string) => ({
    stat: 'activity' as const,
    q: { ...query, cell, start },
  })
  const last = points.at(-1)
  const data = useMemo(
    () => ({
      kind: 'line' as const,
      labels: points.map(({ start }) => date.day(start)),
      series: lines.map((id) => ({
        id,
        name: t(`metric.${id}`),
        values: points.map((point) => point[id]),
        color: colors[id],
      })),
      completeUntil: completeUntil(points),
    }),
    [points, date, t, colors],
  )
  if (last === undefined) return null
  const short = lengthOf(state.range) < lineDays
  const name = (index: number) => date.longDay(points[index]?.start ?? last.start)
  return (
    <>
      <ChartCard
        title={t('activity.title')}
        data={data}
        format={number.count}
        axis={number.short}
        pointName={name}
        totalName={name(points.length - 1)}
        total={lines.map((id) => (
          <span key={id} className="mr-3" style={{ color: readable(colors[id], [palette.card]) }}>
            {number.count(last[id])}
          </span>
        ))}
        pointLink={(index, id, text) => (
          <PeopleLink
            {...people(id, points[index]?.start ?? last.start)}
            className="inline-flex min-h-11 items-center text-link"
          >
            {text}
          </PeopleLink>
        )}
        footer={short ? t('range.ending', { count: lineDays }) : undefined}
      />
      <h2 className="px-8 pb-1.5 text-header text-label max-[359px]:px-7">{name(points.length - 1)}</h2>
      <Tiles>
        {lines.map((id) => (
          <StatTile
            key={id}
            label={t(`metric.${id}`)}
            value={number.count(last[id])}
            {...(id === 'dau' ? { note: `${t('metric.ratio')} ${number.rate(last.ratio)}` } : {})}
            points={points.map((point) => ({ value: point[id], complete: point.complete }))}
            people={people(id, last.start)}
          />
        ))}
        <StatTile
          label={t('metric.newUsers')}
          value={number.count(last.newUsers)}
          points={points.map((point) => ({ value: point.newUsers, complete: point.complete }))}
          people={people('newUsers', last.start)}
        />
      </Tiles>
    </>
  )
}

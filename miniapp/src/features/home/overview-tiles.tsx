import type { Overview } from '@botdeck/shared/contract/stats/overview'
import { Inbox } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { rangeQuery } from '../../api/scope.ts'
import { Change } from '../../components/change.tsx'
import { useFormats, usePanel } from '../../components/panel.tsx'
import { useScope } from '../../components/scope.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { StatTile, StatTileSkeleton, Tiles } from '../../components/stat-tile.tsx'
import { Notice } from '../../components/states.tsx'
import { lengthOf } from '../../url/range.ts'
import { DailyChart } from './daily-chart.tsx'

type Points = Overview['points']

interface Props {
  overview: Overview
  /** For the lines; undefined while they load. */
  points: Points | undefined
}

const retained = ['d1', 'd7', 'd30'] as const

/** The range in one screen: each figure with its change, its line, and the way to its people. */
export function OverviewTiles({ overview, points }: Props) {
  const { t } = useTranslation()
  const { firstDay } = usePanel()
  const { number } = useFormats()
  const { scope } = useScope()
  const { current, previous } = overview
  if (firstDay === null) return <Notice icon={Inbox} title={t('home.emptyTitle')} text={t('home.empty')} />
  const people = (cell: string) => ({ stat: 'overview' as const, q: { ...rangeQuery(scope), cell } })
  const line = (value: (point: Points[number]) => number) =>
    (points ?? []).map((point) => ({ value: value(point), complete: point.complete }))
  return (
    <>
      <Compared overview={overview} />
      <Tiles>
        <StatTile
          label={t('metric.active')}
          value={number.count(current.active)}
          change={<Change now={current.active} before={previous?.active} />}
          points={line((point) => point.active)}
          people={people('active')}
        />
        <StatTile
          label={t('metric.net')}
          value={number.money(current.net)}
          change={<Change now={current.net.amount} before={previous?.net.amount} />}
          points={line((point) => point.net.amount)}
          people={people('payers')}
        />
        <StatTile
          label={t('metric.newUsers')}
          value={number.count(current.newUsers)}
          change={<Change now={current.newUsers} before={previous?.newUsers} />}
          points={line((point) => point.newUsers)}
          people={people('newUsers')}
        />
        <StatTile
          label={t('metric.generations')}
          value={number.count(current.generations)}
          change={<Change now={current.generations} before={previous?.generations} />}
          note={number.rate(current.successRate)}
          points={line((point) => point.generations)}
          people={people('generations')}
        />
      </Tiles>
      <Tiles>
        <StatTile
          label={t('metric.payers')}
          value={number.count(current.payers)}
          change={<Change now={current.payers} before={previous?.payers} />}
          people={people('payers')}
        />
        <StatTile
          label={t('metric.successRate')}
          value={number.rate(current.successRate)}
          change={<Change now={current.successRate} before={previous?.successRate} rate />}
          people={people('generations')}
        />
      </Tiles>
      <h2 className="px-8 pb-1.5 text-header text-label max-[359px]:px-7">{t('home.retention')}</h2>
      <Tiles narrow>
        {retained.map((day) => (
          <StatTile
            key={day}
            narrow
            label={t(`metric.${day}`)}
            value={number.rate(current.retention[day])}
            change={<Change now={current.retention[day]} before={previous?.retention[day]} rate />}
            people={people(day)}
          />
        ))}
      </Tiles>
      <DailyChart points={points} />
    </>
  )
}

/** With what the figures are compared. */
function Compared({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  const { range } = useScope()
  const days = lengthOf(range)
  const running = overview.points.some((point) => !point.complete)
  const text = days > 1 ? t('range.vsDays', { count: days }) : running ? t('range.vsToday') : t('range.vsDay')
  return <p className="px-8 pb-1.5 text-hint text-label max-[359px]:px-7">{text}</p>
}

/** The page in grey, of its final size. */
export function HomeSkeleton() {
  return (
    <>
      <div className="flex h-6 items-start px-8">
        <Skeleton className="h-4 w-48" />
      </div>
      <Tiles>
        <StatTileSkeleton />
        <StatTileSkeleton />
        <StatTileSkeleton />
        <StatTileSkeleton />
      </Tiles>
      <Tiles>
        <StatTileSkeleton line={false} />
        <StatTileSkeleton line={false} />
      </Tiles>
      <div className="h-6" />
      <Tiles narrow>
        <StatTileSkeleton line={false} />
        <StatTileSkeleton line={false} />
        <StatTileSkeleton line={false} />
      </Tiles>
    </>
  )
}

import type { Overview } from '@botdeck/shared/contract/stats/overview'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rangeQuery } from '../../api/scope.ts'
import { ChartCard } from '../../charts/chart-card.tsx'
import { completeUntil } from '../../charts/series.ts'
import { useFormats, usePanel } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { useScope } from '../../components/scope.ts'
import { Segmented } from '../../components/segmented.tsx'
import { usePalette } from '../../telegram/theme.ts'
import { lengthOf } from '../../url/range.ts'
import { lineDays, lineScope } from './line-scope.ts'

const metrics = ['active', 'net', 'newUsers', 'generations'] as const
type Metric = (typeof metrics)[number]
type Point = Overview['points'][number]

function figureOf(point: Point, metric: Metric): number {
  return metric === 'net' ? point.net.amount : point[metric]
}

/** One figure of the overview, day by day, as bars; the table behind leads from each day to its people. */
export function DailyChart({ points }: { points: Overview['points'] | undefined }) {
  const { t } = useTranslation()
  const [metric, setMetric] = useState<Metric>('active')
  const { number, date } = useFormats()
  const { currency } = usePanel()
  const state = useScope()
  const palette = usePalette()
  const list = points ?? []
  const data = useMemo(
    () => ({
      kind: 'bar' as const,
      labels: list.map((point) => date.day(point.start)),
      series: [
        {
          id: metric,
          name: t(`metric.${metric}`),
          values: list.map((point) => figureOf(point, metric)),
          color: palette.series,
        },
      ],
      completeUntil: completeUntil(list),
    }),
    [list, metric, date, palette, t],
  )
  const money = metric === 'net'
  const format = (value: number) => (money ? number.money({ amount: value, currency }) : number.count(value))
  const axis = (value: number) =>
    money ? number.shortMoney({ amount: Math.round(value), currency }) : number.short(value)
  const cell = money ? 'payers' : metric
  const query = rangeQuery(lineScope(state))
  const last = list.at(-1)
  const short = lengthOf(state.range) < lineDays
  return (
    <>
      <div className="mx-4 mb-2 max-[359px]:mx-3">
        <Segmented
          label={t('home.daily')}
          options={metrics.map((name) => ({ value: name, text: t(`metricShort.${name}`) }))}
          value={metric}
          onChange={setMetric}
        />
      </div>
      <ChartCard
        title={`${t('home.daily')} · ${t(`metric.${metric}`)}`}
        data={data}
        format={format}
        axis={axis}
        pointName={(index) => (list[index] ? date.longDay(list[index].start) : '')}
        total={last ? format(figureOf(last, metric)) : '–'}
        totalName={last ? date.longDay(last.start) : ''}
        pointLink={(index, _, text) => (
          <PeopleLink
            stat="overview"
            q={{ ...query, cell, start: list[index]?.start ?? '' }}
            className="inline-flex min-h-11 items-center text-link"
          >
            {text}
          </PeopleLink>
        )}
        footer={short ? t('range.ending', { count: lineDays }) : undefined}
      />
    </>
  )
}

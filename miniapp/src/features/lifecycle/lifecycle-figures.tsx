import type { Lifecycle } from '@botdeck/shared/contract/stats/lifecycle'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type IntervalQuestion, intervalBody } from '../../api/questions.ts'
import { ChartCard } from '../../charts/chart-card.tsx'
import { completeUntil } from '../../charts/series.ts'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { StatTile, Tiles } from '../../components/stat-tile.tsx'
import { nothing } from '../../format/numbers.ts'
import { usePalette } from '../../telegram/theme.ts'

const states = ['new', 'returning', 'resurrecting', 'dormant'] as const

interface Props {
  lifecycle: Lifecycle
  question: IntervalQuestion
}

/** People by what they are in each period, and the figures of the last period that is over. */
export function LifecycleFigures({ lifecycle: { points }, question }: Props) {
  const { t } = useTranslation()
  const { number, date } = useFormats()
  const palette = usePalette()
  const body = intervalBody(question)
  const people = (which: string, start: string) => ({
    stat: 'lifecycle' as const,
    q: { ...body, which, start },
  })
  const data = useMemo(() => {
    const colors = {
      new: palette.series,
      returning: palette['cat-3'],
      resurrecting: palette['cat-4'],
      dormant: palette['cat-2'],
    }
    return {
      kind: 'line' as const,
      labels: points.map(({ start }) => date.period(start, question.interval)),
      series: states.map((id) => ({
        id,
        name: t(`lifecycle.${id}`),
        values: points.map((point) => point[id]),
        color: colors[id],
      })),
      completeUntil: completeUntil(points),
    }
  }, [points, question.interval, date, t, palette])
  const shown = points.findLast(({ complete }) => complete) ?? points.at(-1)
  if (!shown) return null
  const name = (index: number) => date.period(points[index]?.start ?? shown.start, question.interval)
  const pulse = shown.pulse === null ? nothing : number.short(shown.pulse)
  return (
    <>
      <ChartCard
        title={t('lifecycle.chart')}
        data={data}
        format={number.count}
        axis={number.short}
        pointName={name}
        totalName={date.period(shown.start, question.interval)}
        total={`${t('lifecycle.pulse')} ${pulse}`}
        pointLink={(index, id, text) => (
          <PeopleLink
            {...people(id, points[index]?.startsAt ?? shown.startsAt)}
            className="inline-flex min-h-11 items-center text-link"
          >
            {text}
          </PeopleLink>
        )}
        footer={t('lifecycle.pulseHelp')}
      />
      <Tiles>
        {states.map((id) => (
          <StatTile
            key={id}
            label={t(`lifecycle.${id}`)}
            value={number.count(shown[id])}
            points={points.map((point) => ({ value: point[id], complete: point.complete }))}
            people={people(id, shown.startsAt)}
          />
        ))}
      </Tiles>
    </>
  )
}

import type { Trend } from '@botdeck/shared/contract/stats/trend'
import { ChartLine } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type IntervalQuestion, trendBody } from '../../api/questions.ts'
import { ChartCard } from '../../charts/chart-card.tsx'
import { completeUntil } from '../../charts/series.ts'
import { Cell } from '../../components/cell.tsx'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { Section } from '../../components/section.tsx'
import { Notice } from '../../components/states.tsx'
import { usePalette } from '../../telegram/theme.ts'
import type { TrendDefinition } from '../../url/trend.ts'
import { useStepName } from '../steps/event-name.ts'

interface Props {
  trend: Trend
  question: IntervalQuestion
  definition: TrendDefinition
}

const categories = ['cat-1', 'cat-2', 'cat-3', 'cat-4', 'cat-5', 'cat-6'] as const

type Part = NonNullable<Trend['breakdown']>[number]

/** One event over time, whole or by its parts; every point and every part opens its people. */
export function TrendFigures({ trend, question, definition }: Props) {
  const { t } = useTranslation()
  const { number, date } = useFormats()
  const palette = usePalette()
  const stepName = useStepName()
  const body = trendBody(question, definition)
  const nameOf = useCallback(
    ({ value, other }: Part) => (other ? t('trend.other') : (value ?? t('trend.missing'))),
    [t],
  )
  const parts = useMemo(() => trend.breakdown?.filter(({ total }) => total !== 0), [trend.breakdown])
  const data = useMemo(() => {
    const whole = { id: 'all', name: t('common.total'), points: trend.points, color: palette.series }
    const lines = parts?.map((part, index) => ({
      id: part.other ? 'other' : `value ${part.value}`,
      name: nameOf(part),
      points: part.points,
      color: part.other ? palette.hint : palette[categories[index % categories.length] ?? 'cat-1'],
    })) ?? [whole]
    return {
      kind: 'line' as const,
      labels: trend.points.map(({ start }) => date.period(start, question.interval)),
      series: lines.map(({ points, ...line }) => ({ ...line, values: points.map(({ value }) => value) })),
      completeUntil: completeUntil(trend.points),
    }
  }, [trend.points, parts, question.interval, palette, date, t, nameOf])
  const event = stepName(definition.event)
  if (!trend.total) return <Notice icon={ChartLine} title={event} text={t('trend.empty')} />
  const cellOf = (part: Part) => (part.other ? { other: true } : { breakdownValue: part.value })
  return (
    <>
      <ChartCard
        title={`${event} · ${t(`trend.${definition.measure}`)}`}
        data={data}
        format={number.count}
        axis={number.short}
        pointName={(index) => date.period(trend.points[index]?.start ?? question.from, question.interval)}
        totalName={date.range(question.from, question.to)}
        total={number.count(trend.total)}
        pointLink={(index, id, text) => {
          const part = parts?.find((one) => id === (one.other ? 'other' : `value ${one.value}`))
          return (
            <PeopleLink
              stat="trend"
              q={{ ...body, start: trend.points[index]?.startsAt, ...(part ? cellOf(part) : {}) }}
              className="inline-flex min-h-11 items-center text-link"
            >
              {text}
            </PeopleLink>
          )
        }}
      />
      <Section title={parts ? t('trend.parts') : undefined}>
        {(parts ?? []).map((part) => (
          <PeopleLink
            key={part.other ? 'other' : `value ${part.value}`}
            stat="trend"
            q={{ ...body, ...cellOf(part) }}
            className="block active:bg-fill"
          >
            <Cell title={nameOf(part)} value={number.count(part.total ?? 0)} chevron />
          </PeopleLink>
        ))}
        <PeopleLink stat="trend" q={body} className="block active:bg-fill">
          <Cell title={t('trend.whole')} value={number.count(trend.total)} chevron />
        </PeopleLink>
      </Section>
    </>
  )
}

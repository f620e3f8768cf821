import type { Sessions } from '@botdeck/shared/contract/stats/sessions'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type IntervalQuestion, intervalBody } from '../../api/questions.ts'
import { ChartCard } from '../../charts/chart-card.tsx'
import { completeUntil } from '../../charts/series.ts'
import { Cell } from '../../components/cell.tsx'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { Section } from '../../components/section.tsx'
import { nothing } from '../../format/numbers.ts'
import { usePalette } from '../../telegram/theme.ts'

interface Props {
  sessions: Sessions
  question: IntervalQuestion
}

/** Sessions over time, and what one is like. */
export function SessionFigures({ sessions, question }: Props) {
  const { t } = useTranslation()
  const { number, date, duration } = useFormats()
  const palette = usePalette()
  const body = intervalBody(question)
  const { points } = sessions
  const data = useMemo(
    () => ({
      kind: 'bar' as const,
      labels: points.map(({ start }) => date.period(start, question.interval)),
      series: [
        {
          id: 'sessions',
          name: t('sessions.title'),
          values: points.map((point) => point.sessions),
          color: palette.series,
        },
      ],
      completeUntil: completeUntil(points),
    }),
    [points, question.interval, date, t, palette],
  )
  const length = (seconds: number | null) => (seconds === null ? nothing : duration(seconds))
  const people = t('common.people', { count: sessions.users, formatted: number.count(sessions.users) })
  return (
    <>
      <ChartCard
        title={t('sessions.chart')}
        data={data}
        format={number.count}
        axis={number.short}
        pointName={(index) => date.period(points[index]?.start ?? question.from, question.interval)}
        totalName={date.range(question.from, question.to)}
        total={number.count(sessions.sessions)}
        pointLink={(index, _, text) => (
          <PeopleLink
            stat="sessions"
            q={{ ...body, start: points[index]?.startsAt }}
            className="inline-flex min-h-11 items-center text-link"
          >
            {text}
          </PeopleLink>
        )}
      />
      <Section title={t('sessions.one')} footer={t('sessions.zero')}>
        <PeopleLink stat="sessions" q={body} className="block active:bg-fill">
          <Cell title={t('sessions.users')} value={people} chevron />
        </PeopleLink>
        <Cell title={t('sessions.median')} value={length(sessions.medianSeconds)} />
        <Cell title={t('sessions.average')} value={length(sessions.averageSeconds)} />
        <Cell
          title={t('sessions.events')}
          value={sessions.eventsPerSession === null ? nothing : number.short(sessions.eventsPerSession)}
        />
      </Section>
    </>
  )
}

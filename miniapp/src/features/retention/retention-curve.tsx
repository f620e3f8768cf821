import type { Retention } from '@botdeck/shared/contract/stats/retention'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type RetentionQuestion, retentionBody } from '../../api/questions.ts'
import { ChartCard } from '../../charts/chart-card.tsx'
import type { Series } from '../../charts/series.ts'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { usePalette } from '../../telegram/theme.ts'

// More faint lines than this are a carpet.
const faintLines = 12

interface Props {
  retention: Retention
  question: RetentionQuestion
}

/** The share that comes back, period by period: all cohorts pooled in bold, the latest ones faint behind. */
export function RetentionCurve({ retention, question }: Props) {
  const { t } = useTranslation()
  const { number, date } = useFormats()
  const palette = usePalette()
  const columns = retention.overall.findLastIndex(({ size }) => size > 0) + 1
  const data = useMemo(() => {
    const faint: Series[] = retention.cohorts.slice(-faintLines).map(({ startsAt, start, cells }) => ({
      id: startsAt,
      name: date.period(start, question.period),
      values: cells.slice(0, columns).map(({ rate, complete }) => (complete ? rate : null)),
      color: palette.series,
      faint: true,
    }))
    const pooled: Series = {
      id: 'pooled',
      name: t('retention.pooled'),
      values: retention.overall.slice(0, columns).map(({ rate }) => rate),
      color: palette.series,
      bold: true,
    }
    const labels = pooled.values.map((_, period) => String(period))
    return { kind: 'line' as const, labels, series: [pooled, ...faint], completeUntil: columns }
  }, [retention, question.period, columns, date, palette, t])
  if (columns === 0) return null
  // The first period after the start is what people compare; a curve has no total.
  const shown = Math.min(1, columns - 1)
  return (
    <ChartCard
      title={t('retention.curve')}
      data={data}
      format={(value) => number.rate(value)}
      axis={(value) => number.rate(value, 0)}
      pointName={(period) => t('retention.column', { period })}
      total={number.rate(retention.overall[shown]?.rate ?? null)}
      totalName={t('retention.column', { period: shown })}
      pointLink={(interval, id, text) =>
        id !== 'pooled' ? (
          text
        ) : (
          <PeopleLink
            stat="retention"
            q={{ ...retentionBody(question), interval }}
            className="inline-flex min-h-11 items-center text-link"
          >
            {text}
          </PeopleLink>
        )
      }
    />
  )
}

import type { Retention } from '@botdeck/shared/contract/stats/retention'
import { Sprout } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type RetentionQuestion, retentionBody } from '../../api/questions.ts'
import { useFormats } from '../../components/panel.tsx'
import { Section } from '../../components/section.tsx'
import { Notice } from '../../components/states.tsx'
import { Matrix, type MatrixCell, type MatrixRow } from '../matrix/matrix.tsx'
import { RetentionCurve } from './retention-curve.tsx'

interface Props {
  retention: Retention
  question: RetentionQuestion
}

/** The curve over the matrix; every cell opens its people. */
export function RetentionFigures({ retention, question }: Props) {
  const { t } = useTranslation()
  const rows = useRows(retention, question)
  const columns = Math.max(0, ...retention.cohorts.map(({ cells }) => cells.length))
  if (retention.cohorts.every(({ size }) => size === 0))
    return <Notice icon={Sprout} title={t('retention.emptyTitle')} text={t('retention.empty')} />
  const open = retention.cohorts.some(({ cells }) => cells.some(({ complete }) => !complete))
  return (
    <>
      <RetentionCurve retention={retention} question={question} />
      <Section title={t('retention.matrix')} footer={open && t('retention.unfinished')}>
        <Matrix
          caption={t('retention.title')}
          rowTitle={t(`retention.periods.${question.period}`)}
          columns={columns}
          pooled={rows.pooled}
          rows={rows.cohorts}
        />
      </Section>
    </>
  )
}

function useRows(retention: Retention, question: RetentionQuestion) {
  const { t } = useTranslation()
  const { number, date } = useFormats()
  const body = retentionBody(question)
  const people = (cell: { cohort?: number; interval: number }) => ({
    stat: 'retention' as const,
    q: { ...body, ...cell },
  })
  const cellOf = (
    cohort: string,
    at: { cohort?: number; interval: number },
    { users, rate, complete }: { users: number; rate: number | null; complete: boolean },
  ): MatrixCell => {
    const text = number.rate(rate, rate !== null && rate < 0.1 ? 1 : 0)
    const spoken = t('common.people', { count: users, formatted: number.count(users) })
    return {
      text,
      heat: rate,
      complete,
      label: t('retention.cell', { cohort, period: at.interval, rate: text, users: spoken }),
      people: users > 0 ? people(at) : null,
    }
  }
  const cohorts: MatrixRow[] = retention.cohorts
    .map((cohort, index) => {
      const name = date.period(cohort.start, question.period)
      return {
        key: cohort.startsAt,
        name,
        size: number.count(cohort.size),
        sizePeople: cohort.size > 0 ? people({ cohort: index, interval: 0 }) : null,
        cells: cohort.cells.map((cell, interval) => cellOf(name, { cohort: index, interval }, cell)),
      }
    })
    .reverse()
  const size = retention.overall[0]?.size ?? 0
  const pooled: MatrixRow = {
    key: 'pooled',
    name: t('retention.pooled'),
    size: number.count(size),
    sizePeople: size > 0 ? people({ interval: 0 }) : null,
    cells: retention.overall.map((cell, interval) =>
      cell.size === 0 ? null : cellOf(t('retention.pooled'), { interval }, { ...cell, complete: true }),
    ),
  }
  return { cohorts, pooled }
}

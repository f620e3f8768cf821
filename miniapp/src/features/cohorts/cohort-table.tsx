import type { Cohorts } from '@botdeck/shared/contract/stats/cohorts'
import { Sprout } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type CohortQuestion, cohortQuery } from '../../api/questions.ts'
import { type Formats, useFormats } from '../../components/panel.tsx'
import { Section } from '../../components/section.tsx'
import { Notice } from '../../components/states.tsx'
import type { Measure } from '../../url/cohorts.ts'
import { Matrix, type MatrixCell, type MatrixRow } from '../matrix/matrix.tsx'

interface Props {
  cohorts: Cohorts
  question: CohortQuestion
  measure: Measure
}

type Cell = Cohorts['rows'][number]['cells'][number]

/** What a cell says in the chosen measure, and the number its colour stands for. */
export function measureOf(cell: Cell, measure: Measure, { number }: Pick<Formats, 'number'>) {
  if (measure === 'rate')
    return { text: number.rate(cell.rate, cell.rate !== null && cell.rate < 0.1 ? 1 : 0), value: cell.rate }
  if (measure === 'ltv') return { text: number.shortMoney(cell.ltv), value: cell.ltv.amount }
  return { text: number.short(cell[measure]), value: cell[measure] }
}

/** What each cohort brings, period by period; a cell opens its people: those active, or for money those who paid. */
export function CohortTable({ cohorts, question, measure }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const query = cohortQuery(question)
  const people = (start: string, cell: string, k?: number) => ({
    stat: 'cohorts' as const,
    q: { ...query, start, cell, ...(k === undefined ? {} : { k }) },
  })
  const values = cohorts.rows.flatMap(({ cells }) =>
    cells.map((cell) => measureOf(cell, measure, formats).value ?? 0),
  )
  // A share is its own strength; amounts are measured by the largest one shown.
  const top = measure === 'rate' ? 1 : Math.max(0, ...values)
  const listed = measure === 'ltv' || measure === 'payers' ? 'payers' : 'users'
  const boxOf = (row: string, start: string, k: number, cell: Cell): MatrixCell => {
    const { text, value } = measureOf(cell, measure, formats)
    const users = t('common.people', { count: cell[listed], formatted: formats.number.count(cell[listed]) })
    return {
      text,
      heat: value === null || top <= 0 ? null : Math.max(0, value / top),
      complete: cell.complete,
      label: t('retention.cell', { cohort: row, period: k, rate: text, users }),
      people: cell[listed] > 0 ? people(start, listed, k) : null,
    }
  }
  const rows: MatrixRow[] = cohorts.rows
    .map(({ start, startsAt, size, cells }) => {
      const name = formats.date.period(start, question.period)
      return {
        key: startsAt,
        name,
        size: formats.number.count(size),
        sizePeople: size > 0 ? people(start, 'size') : null,
        cells: cells.map((cell, k) => boxOf(name, start, k, cell)),
      }
    })
    .reverse()
  if (cohorts.rows.every(({ size }) => size === 0))
    return <Notice icon={Sprout} title={t('retention.emptyTitle')} text={t('retention.empty')} />
  return (
    <Section title={t('retention.matrix')} footer={t(`cohorts.${measure}Help`)}>
      <Matrix
        caption={`${t('cohorts.title')}: ${t(`cohorts.${measure}`)}`}
        rowTitle={t(`retention.periods.${question.period}`)}
        columns={Math.max(0, ...cohorts.rows.map(({ cells }) => cells.length))}
        rows={rows}
      />
    </Section>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { nothing } from '../format/numbers.ts'
import type { ChartData } from './series.ts'

interface Props {
  title: string
  data: ChartData
  format: (value: number) => string
  pointLink?: (index: number, series: string, children: ReactNode) => ReactNode
}

/** The rows behind a chart, newest first, each figure a way to its people. */
export function ChartTable({ title, data, format, pointLink }: Props) {
  const { t } = useTranslation()
  const rows = data.labels.map((_, index) => data.labels.length - 1 - index)
  return (
    <div className="max-h-80 overflow-auto overscroll-contain">
      <table className="w-full text-right text-sub">
        <caption className="sr-only">{title}</caption>
        <thead className="sticky top-0 bg-card text-hint text-label">
          <tr>
            <th scope="col" className="px-4 py-2 text-left font-normal">
              {t('common.date')}
            </th>
            {data.series.map(({ id, name }) => (
              <th key={id} scope="col" className="px-2 py-2 font-normal last:pr-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((index) => (
            <tr key={index} className="shadow-[inset_0_1px_0_var(--color-line)]">
              <th scope="row" className="whitespace-nowrap px-4 text-left font-normal">
                {data.labels[index]}
                {index >= data.completeUntil && (
                  <span className="text-hint"> · {t('common.incomplete')}</span>
                )}
              </th>
              {data.series.map(({ id, values }) => {
                const value = values[index] ?? null
                const text = value === null ? nothing : format(value)
                return (
                  <td key={id} className="h-11 whitespace-nowrap px-2 last:pr-4">
                    {value !== null && pointLink ? pointLink(index, id, text) : text}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

import { ChartLine, Table2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../components/button.tsx'
import { Section } from '../components/section.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { readable } from '../telegram/contrast.ts'
import { usePalette } from '../telegram/theme.ts'
import { ChartTable } from './chart-table.tsx'
import { Legend } from './legend.tsx'
import { Scrubber } from './scrubber.tsx'
import type { ChartData, Series } from './series.ts'

// chart.js is the heaviest part of the panel: it is fetched when the first chart comes into being.
const CanvasChart = lazy(() => import('./canvas-chart.tsx').then((file) => ({ default: file.CanvasChart })))

export interface ChartCardProps {
  title: string
  data: ChartData
  format: (value: number) => string
  axis: (value: number) => string
  /** The name of a point in full. */
  pointName: (index: number) => string
  /** In the header while nothing is scrubbed: the figure of the whole range. */
  total: ReactNode
  totalName: string
  /** The people behind a point, as a link around its figure in the table. */
  pointLink?: (index: number, series: string, children: ReactNode) => ReactNode
  footer?: ReactNode
  action?: ReactNode
}

function shownText(series: Series, index: number, format: (value: number) => string): string {
  const value = series.values[index]
  return value === null || value === undefined ? '–' : format(value)
}

/** A chart on its card: the value under the finger in the header, a legend that toggles, a table behind it. */
export function ChartCard(props: ChartCardProps) {
  const { title, data, format, axis, pointName, total, totalName, footer, action } = props
  const { t } = useTranslation()
  const { card } = usePalette()
  const [cursor, setCursor] = useState<number | null>(null)
  const [hidden, setHidden] = useState<readonly string[]>([])
  const [table, setTable] = useState(false)
  const shown = useMemo(
    () => ({ ...data, series: data.series.filter(({ id }) => !hidden.includes(id)) }),
    [data, hidden],
  )
  const named = shown.series.filter((series) => !series.faint)
  const toggle = (
    <IconButton
      label={t(table ? 'common.chart' : 'common.table')}
      className="-my-2.5"
      onClick={() => setTable(!table)}
    >
      {table ? <ChartLine size={18} aria-hidden /> : <Table2 size={18} aria-hidden />}
    </IconButton>
  )
  const point = Math.min(cursor ?? data.labels.length - 1, data.labels.length - 1)
  const spoken = named.map((series) => `${series.name} ${shownText(series, point, format)}`).join(', ')
  return (
    <Section
      title={title}
      action={
        <span className="flex">
          {action}
          {toggle}
        </span>
      }
      footer={footer}
    >
      {table ? (
        <ChartTable
          title={title}
          data={shown}
          format={format}
          {...(props.pointLink ? { pointLink: props.pointLink } : {})}
        />
      ) : (
        <>
          <div className="h-14 px-4 pt-2.5" aria-hidden={cursor === null ? undefined : true}>
            {cursor === null ? (
              <Header name={totalName}>{total}</Header>
            ) : (
              <Header
                name={`${pointName(point)}${point >= data.completeUntil ? ` · ${t('common.incomplete')}` : ''}`}
              >
                {named.map((series) => (
                  <span
                    key={series.id}
                    className="mr-3"
                    style={named.length > 1 ? { color: readable(series.color, [card]) } : undefined}
                  >
                    {shownText(series, point, format)}
                  </span>
                ))}
              </Header>
            )}
          </div>
          <Scrubber
            label={title}
            points={data.labels.length}
            bars={data.kind === 'bar'}
            index={cursor}
            text={`${pointName(point)}: ${spoken}`}
            onChange={setCursor}
          >
            <Suspense fallback={<Skeleton className="mx-4 h-full" />}>
              <CanvasChart data={shown} axis={axis} cursor={cursor} />
            </Suspense>
          </Scrubber>
          <Legend series={data.series} hidden={hidden} onChange={setHidden} />
        </>
      )}
    </Section>
  )
}

function Header({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <p className="min-h-4.5 truncate text-hint text-label">{name}</p>
      <p className="truncate font-semibold">{children}</p>
    </>
  )
}

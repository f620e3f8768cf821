import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { PeopleLink } from '../../components/people-link.tsx'
import { usePalette } from '../../telegram/theme.ts'
import type { PeopleSearch } from '../../url/people.ts'
import { type Heat, heatRamp } from './heat.ts'

/** A cell: what it says, how strong its colour is (0 to 1, null: none), and its people. */
export interface MatrixCell {
  text: string
  heat: number | null
  complete: boolean
  label: string
  people: PeopleSearch | null
}

export interface MatrixRow {
  key: string
  name: string
  size: string
  sizePeople: PeopleSearch | null
  cells: readonly (MatrixCell | null)[]
}

interface Props {
  caption: string
  rowTitle: string
  columns: number
  /** The row over all cohorts, on top. */
  pooled?: MatrixRow | undefined
  rows: readonly MatrixRow[]
}

/** Cohorts down, periods across. The first column stays while the rest is swiped. */
export function Matrix({ caption, rowTitle, columns, pooled, rows }: Props) {
  const { t } = useTranslation()
  const palette = usePalette()
  const heat = useMemo(() => heatRamp(palette), [palette])
  return (
    <div className="relative overflow-x-auto overscroll-x-contain pb-2" data-matrix>
      <table className="border-separate border-spacing-0 text-label">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="h-8 text-hint">
            <th scope="col" className="sticky left-0 z-1 bg-card pl-4 text-left font-normal">
              {rowTitle}
            </th>
            {Array.from({ length: columns }, (_, k) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its index
              <th key={k} scope="col" className="min-w-11 font-normal">
                <span aria-hidden>{k}</span>
                <span className="sr-only">{t('retention.column', { period: k })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pooled && <Row row={pooled} heat={heat} bold />}
          {rows.map((row) => (
            <Row key={row.key} row={row} heat={heat} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  row: MatrixRow
  heat: (share: number | null) => Heat
  bold?: boolean
}

function Row({ row, heat, bold = false }: RowProps) {
  return (
    <tr className={bold ? '[&_*]:font-semibold' : ''}>
      <th
        scope="row"
        className="sticky left-0 z-1 h-8 min-w-22 whitespace-nowrap bg-card pr-2 pl-4 text-left font-normal leading-tight"
      >
        {row.name}
        <Maybe people={row.sizePeople} className="block text-axis text-hint">
          {row.size}
        </Maybe>
      </th>
      {row.cells.map((cell, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its index
        <td key={k} className="h-8 min-w-11 p-px text-center">
          {cell && <CellBox cell={cell} heat={heat(cell.heat)} />}
        </td>
      ))}
    </tr>
  )
}

function CellBox({ cell, heat: { background, ink } }: { cell: MatrixCell; heat: Heat }) {
  return (
    <Maybe
      people={cell.people}
      label={cell.label}
      className="block h-[1.875rem] min-w-[2.625rem] focus-visible:-outline-offset-2"
    >
      <span
        className={`flex h-full items-center justify-center whitespace-nowrap rounded-sm px-1 ${cell.complete ? '' : 'hatched'}`}
        style={{ backgroundColor: background, color: ink }}
      >
        {cell.text}
      </span>
    </Maybe>
  )
}

interface MaybeProps {
  people: PeopleSearch | null
  className: string
  label?: string
  children: ReactNode
}

function Maybe({ people, className, label, children }: MaybeProps) {
  if (people === null) return <span className={className}>{children}</span>
  return (
    <PeopleLink {...people} className={className} {...(label ? { label } : {})}>
      {children}
    </PeopleLink>
  )
}

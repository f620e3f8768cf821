import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  before?: ReactNode
  title: ReactNode
  subtitle?: ReactNode
  value?: ReactNode
  chevron?: boolean
}

const row =
  'flex min-h-11 w-full items-center gap-3 px-4 py-2.5 text-left not-last:shadow-[inset_0_-1px_0_var(--color-line)]'

/** What a row of a group holds. Long texts are cut, values never. */
export function CellBody({ before, title, subtitle, value, chevron = false }: Props) {
  return (
    <>
      {before}
      <span className="min-w-24 flex-1">
        <span className={subtitle === undefined ? 'line-clamp-2' : 'block truncate'}>{title}</span>
        {subtitle !== undefined && <span className="block truncate text-label text-hint">{subtitle}</span>}
      </span>
      {value !== undefined && <span className="min-w-0 truncate text-right text-hint">{value}</span>}
      {chevron && <ChevronRight size={18} className="-mr-1 shrink-0 text-hint" aria-hidden />}
    </>
  )
}

/** A row of a group that only tells. */
export function Cell(props: Props) {
  return (
    <div className={row}>
      <CellBody {...props} />
    </div>
  )
}

/** A row of a group that does something. */
export function ActionCell({ onClick, ...props }: Props & { onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={`${row} active:bg-fill`}>
      <CellBody {...props} />
    </button>
  )
}

/** The look of a row, for links. */
export const cellClass = `${row} active:bg-fill`

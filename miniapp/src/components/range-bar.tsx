import { CalendarDays, ListFilter } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from './chip.tsx'
import { useFormats } from './panel.tsx'
import { useScope } from './scope.ts'

const RangeSheet = lazy(() => import('./range-sheet.tsx').then((file) => ({ default: file.RangeSheet })))
const FilterSheet = lazy(() => import('./filter-sheet.tsx').then((file) => ({ default: file.FilterSheet })))

/** The range and the filters, the same on every screen; both open a sheet. */
export function RangeBar() {
  const { t } = useTranslation()
  const { date } = useFormats()
  const { range, scope } = useScope()
  const [sheet, setSheet] = useState<'range' | 'filter' | null>(null)
  // A sheet is loaded when it is first opened, and stays to slide out.
  const [opened, setOpened] = useState(false)
  const open = (which: 'range' | 'filter') => {
    setOpened(true)
    setSheet(which)
  }
  const filters = scope.where.length + (scope.staff ? 1 : 0)
  const text = range.preset ? t(`range.${range.preset}`) : date.range(range.from, range.to)
  return (
    <div className="sticky top-[var(--inset-top)] z-10 flex gap-2 bg-page px-4 max-[359px]:px-3">
      <Chip
        icon={<CalendarDays size={16} aria-hidden />}
        onClick={() => open('range')}
        aria-haspopup="dialog"
      >
        <span className="sr-only">{t('range.choose')}: </span>
        {text}
      </Chip>
      <Chip
        className="min-w-0 shrink"
        icon={<ListFilter size={16} className="shrink-0" aria-hidden />}
        selected={filters > 0}
        onClick={() => open('filter')}
        aria-haspopup="dialog"
      >
        {filters === 0 ? t('filter.everyone') : t('filter.some', { count: filters })}
      </Chip>
      {opened && (
        <Suspense>
          <RangeSheet open={sheet === 'range'} onClose={() => setSheet(null)} />
          <FilterSheet open={sheet === 'filter'} onClose={() => setSheet(null)} />
        </Suspense>
      )}
    </div>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { CalendarSearch } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chip.tsx'
import { useFormats, usePanel } from '../../components/panel.tsx'
import { isDay } from '../../url/days.ts'

/** The timeline's title and the jump to a date; the date lives in the address. */
export function TimelineHead({ before }: { before: string | undefined }) {
  const { t } = useTranslation()
  const { date } = useFormats()
  const { today, firstDay } = usePanel()
  const navigate = useNavigate()
  const id = useId()
  const jump = (day: string | undefined) =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, before: day }),
      replace: true,
      resetScroll: false,
    })
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 px-4">
      <h2 className="text-header text-label">
        {t('user.timeline')} · {before ? t('user.until', { day: date.day(before) }) : t('user.newestFirst')}
      </h2>
      <span className="flex items-center gap-2">
        {before !== undefined && <Chip onClick={() => jump(undefined)}>{t('user.latest')}</Chip>}
        <label htmlFor={id} className="relative inline-flex size-11 items-center justify-center text-link">
          <CalendarSearch size={20} aria-hidden />
          <span className="sr-only">{t('user.jump')}</span>
          <input
            id={id}
            type="date"
            max={today}
            {...(firstDay ? { min: firstDay } : {})}
            value={before ?? ''}
            onChange={(event) => isDay(event.target.value) && jump(event.target.value)}
            onClick={(event) => event.currentTarget.showPicker?.()}
            className="absolute inset-0 opacity-0"
          />
        </label>
      </span>
    </div>
  )
}

import type { Heatmap } from '@botdeck/shared/contract/stats/heatmap'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { rangeQuery, type Scope } from '../../api/scope.ts'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { usePalette } from '../../telegram/theme.ts'
import { heatRamp } from '../matrix/heat.ts'

type Cell = Heatmap['cells'][number]

/** Hours down, weekdays across, so that the whole week fits a phone; a cell opens who was active then. */
export function HourGrid({ heatmap, scope }: { heatmap: Heatmap; scope: Scope }) {
  const { t } = useTranslation()
  const { locale } = useFormats()
  const palette = usePalette()
  const heat = useMemo(() => heatRamp(palette), [palette])
  const weekdays = [...new Set(heatmap.cells.map(({ weekday }) => weekday))]
  const hours = [...new Set(heatmap.cells.map(({ hour }) => hour))]
  const most = Math.max(1, ...heatmap.cells.map(({ events }) => events))
  const byPlace = new Map(heatmap.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]))
  // 1 January 2024 was a Monday.
  const names = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const weekdayName = (weekday: number) => names.format(Date.UTC(2024, 0, weekday))
  const hourName = (hour: number) => `${String(hour).padStart(2, '0')}:00`
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 py-2 text-label">
      <caption className="sr-only">{t('heatmap.title')}</caption>
      <thead>
        <tr className="h-8 text-hint">
          <th scope="col" className="w-14 pl-4 text-left font-normal">
            <span className="sr-only">{t('heatmap.hour')}</span>
          </th>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col" className="font-normal">
              {weekdayName(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour}>
            <th scope="row" className="h-7 pl-4 text-left font-normal text-hint">
              {hourName(hour)}
            </th>
            {weekdays.map((weekday) => {
              const cell = byPlace.get(`${weekday} ${hour}`)
              return (
                <td key={weekday} className="h-7 p-px text-center">
                  {cell && (
                    <HourCell
                      cell={cell}
                      heat={heat(cell.events === 0 ? null : cell.events / most)}
                      name={`${weekdayName(weekday)} ${hourName(hour)}`}
                      scope={scope}
                    />
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  cell: Cell
  heat: ReturnType<ReturnType<typeof heatRamp>>
  name: string
  scope: Scope
}

function HourCell({ cell: { weekday, hour, events }, heat: { background, ink }, name, scope }: CellProps) {
  const { t } = useTranslation()
  const { number } = useFormats()
  if (events === 0) return <span className="sr-only">0</span>
  return (
    <PeopleLink
      stat="heatmap"
      q={{ ...rangeQuery(scope), weekday: String(weekday), hour: String(hour) }}
      label={t('heatmap.cell', { name, events: number.count(events) })}
      className="flex h-[1.625rem] items-center justify-center overflow-hidden rounded-sm text-axis focus-visible:-outline-offset-2"
    >
      <span
        className="flex h-full w-full items-center justify-center"
        style={{ backgroundColor: background, color: ink }}
      >
        {number.short(events)}
      </span>
    </PeopleLink>
  )
}

import type { Panel } from '@botdeck/shared/contract/session'
import { createContext, use, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { agoText, type DateFormats, dateFormats, durationText } from '../format/dates.ts'
import { type NumberFormats, numberFormats } from '../format/numbers.ts'

const PanelContext = createContext<Panel | null>(null)
export const PanelProvider = PanelContext.Provider

/** The installation: bot, calendar, currency, filter values. */
export function usePanel(): Panel {
  const panel = use(PanelContext)
  if (panel === null) throw new Error('usePanel outside of PanelProvider')
  return panel
}

export interface Formats {
  locale: string
  number: NumberFormats
  date: DateFormats
  duration: (seconds: number) => string
  ago: (instant: string) => string
}

/** Numbers and dates in the language of the panel and the reporting zone. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  const { timezone } = usePanel()
  const locale = i18n.language
  return useMemo(
    () => ({
      locale,
      number: numberFormats(locale),
      date: dateFormats(locale, timezone),
      duration: (seconds) => durationText(locale, seconds),
      ago: (instant) => agoText(locale, instant, Date.now()),
    }),
    [locale, timezone],
  )
}

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { nothing } from '../format/numbers.ts'
import { useFormats } from './panel.tsx'

interface Props {
  now: number | null
  /** Null where nothing was recorded before. */
  before: number | null | undefined
  /** Rates change by points, everything else by percent. */
  rate?: boolean
  /** Less of it is better: failures. */
  lessIsBetter?: boolean
}

/** How a number moved since the earlier period: an arrow, a sign and a figure, so that it does not rest on colour. */
export function Change({ now, before, rate = false, lessIsBetter = false }: Props) {
  const { t } = useTranslation()
  const { number } = useFormats()
  if (now === null || before === null || before === undefined)
    return (
      <span className="text-hint">
        <span aria-hidden>{nothing}</span>
        <span className="sr-only">{t('change.unknown')}</span>
      </span>
    )
  // What rounds to nothing on screen has not moved.
  const difference = rate ? Math.round((now - before) * 1000) / 1000 : now - before
  const text = changeText({ difference, before, rate }, number, t('change.points'))
  if (difference === 0) return <span className="text-hint">{text}</span>
  const Arrow = difference > 0 ? ArrowUp : ArrowDown
  return (
    <span
      className={`inline-flex items-center gap-0.5 whitespace-nowrap ${difference > 0 !== lessIsBetter ? 'text-good' : 'text-bad'}`}
    >
      <Arrow size={13} strokeWidth={2.75} aria-hidden />
      <span className="sr-only">{t(difference > 0 ? 'change.up' : 'change.down', { change: '' })}</span>
      {text}
    </span>
  )
}

interface Difference {
  difference: number
  before: number
  rate: boolean
}

/** The figure of a change: points of a rate, percent of a count, and the count itself where there was none before. */
export function changeText(
  { difference, before, rate }: Difference,
  number: ReturnType<typeof useFormats>['number'],
  points: string,
): string {
  if (rate) return `${number.points(difference)}\u00a0${points}`
  if (before === 0)
    return difference === 0 ? number.change(0) : `${difference > 0 ? '+' : ''}${number.short(difference)}`
  return number.change(difference / Math.abs(before))
}

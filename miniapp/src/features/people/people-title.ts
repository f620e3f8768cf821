import { useTranslation } from 'react-i18next'
import { useFormats } from '../../components/panel.tsx'
import { parseStep } from '../../url/conditions.ts'
import { isDay } from '../../url/days.ts'
import type { PeopleSearch } from '../../url/people.ts'
import { useStepName } from '../steps/event-name.ts'

interface Title {
  title: string
  subtitle: string
}

const metricCells = [
  'active',
  'newUsers',
  'payers',
  'generations',
  'd1',
  'd7',
  'd30',
  'dau',
  'wau',
  'mau',
] as const
const moneyCells = ['invoices', 'purchases', 'buyers', 'firstTimeBuyers', 'refunds'] as const

const lifecycleCells = ['new', 'returning', 'resurrecting', 'dormant'] as const

/** In words, which number the list stands behind. */
export function usePeopleTitle({ stat, q }: PeopleSearch): Title {
  const { t } = useTranslation()
  const { date } = useFormats()
  const stepName = useStepName()
  const range = isDay(q.from) && isDay(q.to) ? date.range(q.from, q.to) : ''
  const start = typeof q.start === 'string' ? q.start : null
  const period = typeof q.period === 'string' ? q.period : 'day'
  const instantName = (instant: string) => (isDay(instant) ? date.longDay(instant) : date.dateTime(instant))
  const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ')
  if (stat === 'funnel') {
    const index = Number(q.step)
    const step = Array.isArray(q.steps) ? parseStep(q.steps[index]) : null
    const which = q.which === 'lost' || q.which === 'open' ? q.which : 'reached'
    const event = step ? stepName(step) : ''
    return {
      title: t(`people.${which}`),
      subtitle: join(t('people.step', { step: index + 1, event }), range),
    }
  }
  if (stat === 'retention') {
    const column = t('people.period', { period: Number(q.interval) })
    return { title: t('people.returned'), subtitle: join(t('retention.title'), column) }
  }
  if (stat === 'cohorts') {
    const title =
      q.cell === 'payers'
        ? t('metric.payers')
        : q.cell === 'size'
          ? t('retention.cohort')
          : t('people.returned')
    const column = q.k === undefined ? null : t('people.period', { period: Number(q.k) })
    return { title, subtitle: join(start && date.period(start, period), column) }
  }
  if (stat === 'packages') {
    const cell = moneyCells.find((known) => known === q.cell)
    const one = typeof q.packageId === 'string' ? t('people.package', { name: q.packageId }) : null
    return { title: cell ? t(`money.${cell}`) : t('people.title'), subtitle: join(one, range) }
  }
  if (stat === 'trend' || stat === 'sessions' || stat === 'lifecycle') {
    const event = stat === 'trend' ? parseStep(q.event) : null
    const which = lifecycleCells.find((known) => known === q.which)
    const title = event ? stepName(event) : t(which ? `lifecycle.${which}` : `${stat}.title`)
    return { title, subtitle: start ? instantName(start) : range }
  }
  if (stat === 'now') return { title: t('metric.active'), subtitle: t('people.fiveMinutes') }
  if (stat === 'changes') return { title: String(q.value), subtitle: join(t('home.changed'), range) }
  if (stat === 'heatmap')
    return { title: t('heatmap.title'), subtitle: join(`${String(q.hour).padStart(2, '0')}:00`, range) }
  const cell = metricCells.find((known) => known === q.cell)
  return {
    title: cell ? t(`metric.${cell}`) : t('people.title'),
    subtitle: start ? date.longDay(start) : range,
  }
}

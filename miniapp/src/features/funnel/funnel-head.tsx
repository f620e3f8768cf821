import type { Funnel } from '@botdeck/shared/contract/stats/funnel'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../components/panel.tsx'
import { Section } from '../../components/section.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import type { FunnelDefinition } from '../../url/funnel.ts'

/** The one number: the share that made it to the end, of how many, how fast, within which window. */
export function FunnelHead({ funnel, window }: { funnel: Funnel; window: FunnelDefinition['window'] }) {
  const { t } = useTranslation()
  const { number, duration } = useFormats()
  const { rate, medianSeconds } = funnel.conversion
  const started = funnel.steps[0]?.users ?? 0
  const people = t('common.people', { count: started, formatted: number.count(started) })
  const within = t('funnel.windowText', { window: t(`funnel.units.${window.unit}`, { count: window.value }) })
  return (
    <div className="px-8 pt-1 pb-4 max-[359px]:px-7">
      <p>
        <span className="font-semibold text-hero">{number.rate(rate)}</span>{' '}
        <span className="text-hint text-sub">{t('funnel.of', { people })}</span>
      </p>
      <p className="text-hint text-label">
        {t('funnel.converted')} ·{' '}
        {medianSeconds !== null && `${t('funnel.median', { time: duration(medianSeconds) })} · `}
        {within}
      </p>
    </div>
  )
}

/** The funnel in grey, of its final size. */
export function FunnelSkeleton({ steps }: { steps: number }) {
  return (
    <>
      <div className="px-8 pt-1 pb-4">
        <Skeleton className="h-9.5 w-40" />
        <Skeleton className="mt-1 h-4 w-56" />
      </div>
      <Section>
        {Array.from({ length: steps }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
          <div key={index} className="h-26 px-4 py-3">
            <Skeleton className="h-5 w-2/3" />
            <Skeleton className="mt-2 h-6 w-full" />
          </div>
        ))}
      </Section>
    </>
  )
}

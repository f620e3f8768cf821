import type { Step } from '@botdeck/shared/contract/params'
import { useNavigate } from '@tanstack/react-router'
import { SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton, SheetAction } from '../../components/button.tsx'
import { ChoiceList } from '../../components/choice-list.tsx'
import { Section } from '../../components/section.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { stepOf } from '../../url/conditions.ts'
import type { Loose } from '../../url/loose.ts'
import { type RetentionSearch, retentionPeriods } from '../../url/retention.ts'

const StepFields = lazy(() =>
  import('../steps/step-fields.tsx').then((file) => ({ default: file.StepFields })),
)

const any: Step = stepOf([])

/** Period, mode, start, reference and the two events, in a sheet; all of it lives in the address. */
export function RetentionOptions({ search }: { search: RetentionSearch }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={t('retention.options')} onClick={() => setOpen(true)}>
        <SlidersHorizontal size={20} aria-hidden />
      </IconButton>
      <Sheet open={open} title={t('retention.options')} onClose={() => setOpen(false)}>
        <OptionFields search={search} onClose={() => setOpen(false)} />
      </Sheet>
    </>
  )
}

function OptionFields({ search, onClose }: { search: RetentionSearch; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(search)
  const set = (change: Loose<RetentionSearch>) => {
    const next = Object.entries({ ...draft, ...change }).filter(([, value]) => value !== undefined)
    setDraft(Object.fromEntries(next))
  }
  const apply = () => {
    const cleared = { period: undefined, mode: undefined, start: undefined, reference: undefined }
    const events = { startEvent: undefined, returnEvent: undefined }
    void navigate({
      to: '/retention',
      search: (before) => ({ ...before, ...cleared, ...events, ...draft }),
      replace: true,
    })
    onClose()
  }
  const periods = retentionPeriods.map((value) => ({ value, text: t(`retention.periods.${value}`) }))
  return (
    <>
      <div className="mx-4 mb-5">
        <Segmented
          label={t('retention.period')}
          options={periods}
          value={draft.period ?? 'day'}
          onChange={(period) => set({ period })}
        />
      </div>
      <Section title={t('retention.mode')}>
        <ChoiceList
          label={t('retention.mode')}
          options={(['on', 'on_or_after'] as const).map((value) => ({
            value,
            text: t(`retention.${value}`),
          }))}
          value={draft.mode ?? 'on'}
          onChange={(mode) => set({ mode: mode === 'on' ? undefined : mode })}
        />
      </Section>
      <Section title={t('retention.start')}>
        <ChoiceList
          label={t('retention.start')}
          options={(['first_time', 'recurring'] as const).map((value) => ({
            value,
            text: t(`retention.${value}`),
          }))}
          value={draft.start ?? 'first_time'}
          onChange={(start) => set({ start: start === 'first_time' ? undefined : start })}
        />
      </Section>
      <Section title={t('retention.reference')}>
        <ChoiceList
          label={t('retention.reference')}
          options={[
            { value: 'cohort', text: t('retention.ofCohort') },
            { value: 'previous', text: t('retention.ofPrevious') },
          ]}
          value={draft.reference ?? 'cohort'}
          onChange={(value) => set({ reference: value === 'previous' ? 'previous' : undefined })}
        />
      </Section>
      <Suspense>
        {(['startEvent', 'returnEvent'] as const).map((name) => (
          <StepFields
            key={name}
            title={t(`retention.${name}`)}
            step={draft[name] ?? any}
            onChange={(step) => set({ [name]: step.event === null && !step.where ? undefined : step })}
          />
        ))}
      </Suspense>
      <SheetAction onClick={apply}>{t('common.apply')}</SheetAction>
    </>
  )
}

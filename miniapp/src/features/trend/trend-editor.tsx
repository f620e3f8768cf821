import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SheetAction } from '../../components/button.tsx'
import { ChoiceList } from '../../components/choice-list.tsx'
import { Section } from '../../components/section.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { isComplete } from '../../url/conditions.ts'
import { type TrendDefinition, trendBreakdowns, trendMeasures } from '../../url/trend.ts'
import { StepFields } from '../steps/step-fields.tsx'

interface Props {
  open: boolean
  definition: TrendDefinition
  onClose: () => void
}

/** Which event, what of it is counted, and by what it is told apart; "Apply" puts it into the address. */
export function TrendEditor({ open, definition, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('trend.title')} onClose={onClose}>
      <EditorForm definition={definition} onClose={onClose} />
    </Sheet>
  )
}

function EditorForm({ definition, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(definition)
  const apply = () => {
    const { event, where = [] } = draft.event
    const complete = where.filter(isComplete)
    const step = complete.length > 0 ? { event, where: complete } : { event }
    const chosen = {
      event: event === null && complete.length === 0 ? undefined : step,
      count: draft.measure === 'events' ? ('events' as const) : undefined,
      by: draft.by ?? undefined,
    }
    void navigate({ to: '/trend', search: (before) => ({ ...before, ...chosen }), replace: true })
    onClose()
  }
  return (
    <>
      <div className="mx-4 mb-5">
        <Segmented
          label={t('trend.measure')}
          options={trendMeasures.map((value) => ({ value, text: t(`trend.${value}`) }))}
          value={draft.measure}
          onChange={(measure) => setDraft({ ...draft, measure })}
        />
      </div>
      <StepFields
        title={t('trend.event')}
        step={draft.event}
        onChange={(event) => setDraft({ ...draft, event })}
      />
      <Section title={t('trend.by')}>
        <ChoiceList
          label={t('trend.by')}
          options={[
            { value: 'none', text: t('common.none') },
            ...trendBreakdowns.map((value) => ({ value, text: t(`condition.key.${value}`) })),
          ]}
          value={draft.by ?? 'none'}
          onChange={(by) => setDraft({ ...draft, by: by === 'none' ? null : by })}
        />
      </Section>
      <SheetAction onClick={apply}>{t('common.apply')}</SheetAction>
    </>
  )
}

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Preset, presets } from '../url/range.ts'
import { SheetAction } from './button.tsx'
import { ChoiceList } from './choice-list.tsx'
import { InputField } from './field.tsx'
import { usePanel } from './panel.tsx'
import { useChangeShared, useScope } from './scope.ts'
import { Section } from './section.tsx'
import { Sheet } from './sheet.tsx'

interface Props {
  open: boolean
  onClose: () => void
}

/** The choice of the range: the moving ones, or two dates. */
export function RangeSheet({ open, onClose }: Props) {
  const { t } = useTranslation()
  const { range } = useScope()
  const change = useChangeShared()
  const choose = (preset: Preset | 'custom') => {
    if (preset === 'custom') return
    change({ r: preset, from: undefined, to: undefined })
    onClose()
  }
  const options = presets.map((preset) => ({ value: preset, text: t(`range.${preset}`) }))
  return (
    <Sheet open={open} title={t('range.choose')} onClose={onClose}>
      <Section footer={t('range.endsYesterday')}>
        <ChoiceList<Preset | 'custom'>
          label={t('range.choose')}
          options={options}
          value={range.preset ?? 'custom'}
          onChange={choose}
        />
      </Section>
      <OwnDates key={`${range.from}${range.to}`} onClose={onClose} />
    </Sheet>
  )
}

function OwnDates({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { range } = useScope()
  const { today, firstDay } = usePanel()
  const change = useChangeShared()
  const [from, setFrom] = useState(range.from)
  const [to, setTo] = useState(range.to)
  const wrong = from === '' || to === '' || from > to
  const bounds = { max: today, ...(firstDay ? { min: firstDay } : {}) }
  return (
    <>
      <Section title={t('range.custom')} footer={wrong && t('range.wrong')}>
        <InputField
          label={t('range.from')}
          type="date"
          value={from}
          onChange={(e) => setFrom(e.target.value)}
          {...bounds}
        />
        <InputField
          label={t('range.to')}
          type="date"
          value={to}
          onChange={(e) => setTo(e.target.value)}
          {...bounds}
        />
      </Section>
      <SheetAction
        disabled={wrong}
        onClick={() => {
          change({ r: undefined, from, to })
          onClose()
        }}
      >
        {t('common.apply')}
      </SheetAction>
    </>
  )
}

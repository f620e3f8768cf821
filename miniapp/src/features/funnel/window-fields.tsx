import type { FunnelWindow } from '@botdeck/shared/contract/stats/funnel'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { InputField, SelectField } from '../../components/field.tsx'
import { windowUnits } from '../../url/funnel.ts'

interface Props {
  window: FunnelWindow
  onChange: (window: FunnelWindow) => void
}

/** How long people may take: a number and a unit. */
export function WindowFields({ window, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(String(window.value))
  return (
    <>
      <InputField
        label={t('funnel.window')}
        inputMode="decimal"
        maxLength={8}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange({ ...window, value: Number(event.target.value.replace(',', '.')) })
        }}
      />
      <SelectField
        label={t('funnel.unit')}
        value={window.unit}
        options={windowUnits.map((unit) => ({ value: unit, text: t(`funnel.unitName.${unit}`) }))}
        onChange={(name) => onChange({ ...window, unit: windowUnits.find((unit) => unit === name) ?? 'day' })}
      />
    </>
  )
}

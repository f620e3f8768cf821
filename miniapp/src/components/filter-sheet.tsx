import type { Condition } from '@botdeck/shared/contract/params'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComplete } from '../url/conditions.ts'
import { segments } from '../url/users.ts'
import { Button, SheetAction } from './button.tsx'
import { ConditionList } from './condition-list.tsx'
import { SelectField, SwitchField } from './field.tsx'
import { usePanel } from './panel.tsx'
import { useChangeShared, useScope } from './scope.ts'
import { Section } from './section.tsx'
import { Sheet } from './sheet.tsx'

interface Props {
  open: boolean
  onClose: () => void
}

const simpleKeys = ['segment', 'source', 'language'] as const
type SimpleKey = (typeof simpleKeys)[number]

function isSimple({ scope, key, op, value }: Condition): boolean {
  return (
    scope === 'user' && op === 'eq' && typeof value === 'string' && simpleKeys.some((known) => known === key)
  )
}

/** Whom every number of the panel counts: a segment, a source, a language, further conditions, and the staff. */
export function FilterSheet({ open, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('filter.title')} onClose={onClose}>
      <FilterForm onClose={onClose} />
    </Sheet>
  )
}

function FilterForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { scope } = useScope()
  const panel = usePanel()
  const change = useChangeShared()
  const [where, setWhere] = useState(scope.where)
  const [staff, setStaff] = useState(scope.staff)
  const others = where.filter((condition) => !isSimple(condition))
  const simple = where.filter(isSimple)
  const chosen = (key: SimpleKey) => String(simple.find((condition) => condition.key === key)?.value ?? '')
  const pick = (key: SimpleKey) => (value: string) => {
    const rest = where.filter((condition) => !(isSimple(condition) && condition.key === key))
    setWhere(value === '' ? rest : [...rest, { scope: 'user', key, op: 'eq', value }])
  }
  const options = {
    segment: segments.map((name) => ({ value: name, text: t(`segment.${name}`) })),
    source: panel.sources.map((name) => ({ value: name, text: name })),
    language: panel.languages.map((name) => ({ value: name, text: name })),
  }
  const apply = (conditions: Condition[], counted: boolean) => {
    const complete = conditions.filter(isComplete)
    change({ where: complete.length > 0 ? complete : undefined, staff: counted || undefined })
    onClose()
  }
  return (
    <>
      <Section footer={t('filter.nowHelp')}>
        {simpleKeys.map((key) => (
          <SelectField
            key={key}
            label={t(`filter.${key}`)}
            value={chosen(key)}
            options={[{ value: '', text: t('filter.any') }, ...options[key]]}
            onChange={pick(key)}
          />
        ))}
      </Section>
      <ConditionList
        title={t('filter.conditions')}
        scopes={['user']}
        conditions={others}
        onChange={(next) => setWhere([...simple, ...next])}
      />
      <Section footer={t('filter.staffHelp')}>
        <SwitchField label={t('filter.staff')} checked={staff} onChange={setStaff} />
      </Section>
      <div className="px-4">
        <Button look="link" className="w-full" onClick={() => apply([], false)}>
          {t('filter.clear')}
        </Button>
      </div>
      <SheetAction onClick={() => apply(where, staff)}>{t('common.apply')}</SheetAction>
    </>
  )
}

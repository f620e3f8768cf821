import type { Condition } from '@botdeck/shared/contract/params'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { ConditionFields } from './condition-fields.tsx'
import { Section } from './section.tsx'

interface Props {
  title: string
  scopes: readonly Condition['scope'][]
  conditions: readonly Condition[]
  /** Properties of the event that conditions may name. */
  properties?: readonly string[]
  onChange: (conditions: Condition[]) => void
}

/** Conditions joined by "and", each on a group of its own. */
export function ConditionList({ title, scopes, conditions, properties = [], onChange }: Props) {
  const { t } = useTranslation()
  const fresh = useRef(0)
  const [ids, setIds] = useState(() => conditions.map(() => fresh.current++))
  const scope = scopes[0] ?? 'user'
  const key = scope === 'event' ? (properties[0] ?? '') : 'daysSinceFirstSeen'
  const empty: Condition = { scope, key, op: scope === 'event' ? 'eq' : 'le', value: '' }
  return (
    <>
      {conditions.map((condition, index) => (
        <ConditionFields
          key={ids[index] ?? index}
          title={index === 0 && title !== '' ? title : undefined}
          scopes={scopes}
          properties={properties}
          condition={condition}
          onChange={(next) => onChange(conditions.map((old, at) => (at === index ? next : old)))}
          onRemove={() => {
            setIds(ids.filter((_, at) => at !== index))
            onChange(conditions.filter((_, at) => at !== index))
          }}
        />
      ))}
      <Section title={conditions.length === 0 && title !== '' ? title : undefined}>
        <Button
          look="link"
          className="w-full justify-start"
          onClick={() => {
            setIds([...ids, fresh.current++])
            onChange([...conditions, empty])
          }}
        >
          <Plus size={20} aria-hidden />
          {t('filter.addCondition')}
        </Button>
      </Section>
    </>
  )
}

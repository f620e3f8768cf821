import type { Condition } from '@botdeck/shared/contract/params'
import { Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isNumeric, needsValue, type Op, operators, readValue, writeValue } from '../url/conditions.ts'
import { segments } from '../url/users.ts'
import { IconButton } from './button.tsx'
import { InputField, SelectField } from './field.tsx'
import { usePanel } from './panel.tsx'
import { Section } from './section.tsx'

/** What is known of every person; any other name is one of their own properties. */
const userKeys = [
  'segment',
  'source',
  'lastSource',
  'language',
  'tier',
  'credits',
  'purchases',
  'generations',
  'daysSinceFirstSeen',
  'daysSinceActive',
  'blocked',
  'referredBy',
  'username',
  'firstName',
  'id',
] as const

interface Props {
  title: string | undefined
  scopes: readonly Condition['scope'][]
  properties: readonly string[]
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
}

/** One condition: whose property, which one, how compared, with what. */
export function ConditionFields({ title, scopes, properties, condition, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  const listId = useId()
  const { scope, key, op, value } = condition
  const known = scope === 'user' ? userKeys.map((name) => name as string) : properties
  const remove = (
    <IconButton label={t('condition.remove')} className="-my-1" danger onClick={onRemove}>
      <Trash2 size={18} aria-hidden />
    </IconButton>
  )
  const text = (name: string) => {
    const user = userKeys.find((one) => one === name)
    return scope === 'user' && user ? t(`condition.key.${user}`) : name
  }
  const withOp = (next: Op) => {
    const { value: _, ...rest } = condition
    onChange(needsValue(next) ? { ...rest, op: next, value: value ?? '' } : { ...rest, op: next })
  }
  return (
    <Section title={title ?? t('condition.property')} action={remove}>
      {scopes.length > 1 && (
        <SelectField
          label={t('condition.of')}
          value={scope}
          options={scopes.map((name) => ({ value: name, text: t(`condition.${name}`) }))}
          onChange={(name) =>
            onChange({
              ...condition,
              scope: name === 'user' ? 'user' : 'event',
              key: name === 'user' ? 'source' : (properties[0] ?? ''),
            })
          }
        />
      )}
      <KeyField
        value={key}
        known={known}
        text={text}
        onChange={(name) => onChange({ ...condition, key: name })}
      />
      <SelectField
        label={t('condition.compare')}
        value={op}
        options={operators.map((name) => ({ value: name, text: t(`condition.op.${name}`) }))}
        onChange={(name) => withOp(operators.find((one) => one === name) ?? 'eq')}
      />
      {needsValue(op) && (
        <ValueField
          op={op}
          value={value}
          listId={listId}
          onChange={(next) => onChange({ ...condition, value: next })}
        />
      )}
      <Suggestions id={listId} of={scope === 'user' ? key : ''} />
    </Section>
  )
}

interface ValueProps {
  op: Op
  value: Condition['value']
  listId: string
  onChange: (value: NonNullable<Condition['value']>) => void
}

// What is typed stays as typed; commas make a list of it only in the condition.
function ValueField({ op, value, listId, onChange }: ValueProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(writeValue(value))
  return (
    <InputField
      label={t('condition.value')}
      title={t('condition.severalHelp')}
      list={listId}
      inputMode={isNumeric(op) ? 'decimal' : 'text'}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(readValue(op, event.target.value))
      }}
    />
  )
}

interface KeyProps {
  value: string
  known: readonly string[]
  text: (name: string) => string
  onChange: (name: string) => void
}

const own = '\u0000own'

function KeyField({ value, known, text, onChange }: KeyProps) {
  const { t } = useTranslation()
  const [free, setFree] = useState(!known.includes(value))
  const options = [
    ...known.map((name) => ({ value: name, text: text(name) })),
    { value: own, text: t('condition.other') },
  ]
  const shown = free || !known.includes(value)
  return (
    <>
      {known.length > 0 && (
        <SelectField
          label={t('condition.property')}
          value={shown ? own : value}
          options={options}
          onChange={(name) => {
            setFree(name === own)
            onChange(name === own ? '' : name)
          }}
        />
      )}
      {shown && (
        <InputField
          label={t('condition.name')}
          value={value}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </>
  )
}

/** Values that are known for a property, offered while typing. */
function Suggestions({ id, of: key }: { id: string; of: string }) {
  const { sources, languages } = usePanel()
  const values: Record<string, readonly string[]> = {
    segment: segments,
    source: sources,
    lastSource: sources,
    language: languages,
    tier: ['new', 'regular', 'vip', 'premium'],
    blocked: ['true', 'false'],
  }
  return (
    <datalist id={id}>
      {(values[key] ?? []).map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  )
}

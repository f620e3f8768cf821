import type { Step } from '@botdeck/shared/contract/params'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Plus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/client.ts'
import { eventTypesQuery } from '../../api/queries.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { ActionCell } from '../../components/cell.tsx'
import { ConditionList } from '../../components/condition-list.tsx'
import { Section } from '../../components/section.tsx'
import { eventsOf, stepOf } from '../../url/conditions.ts'
import { useEventName, useStepName } from './event-name.ts'
import { EventPicker } from './event-picker.tsx'

interface Props {
  title: string
  step: Step
  onChange: (step: Step) => void
  /** Beside the title: what can be done with the step as a whole. */
  action?: ReactNode
}

/** A step being written: its event or events, and their conditions. */
export function StepFields({ title, step, onChange, action }: Props) {
  const { t } = useTranslation()
  const name = useEventName()
  const stepName = useStepName()
  const { data } = useQuery(eventTypesQuery(useApi()))
  const [picking, setPicking] = useState<'change' | 'or' | null>(null)
  const events = eventsOf(step)
  const properties = [
    ...new Set(
      (data?.types ?? []).filter(({ type }) => events.includes(type)).flatMap((one) => one.properties),
    ),
  ]
  const pick = (type: string | null) => {
    setPicking(null)
    if (type === null) onChange(stepOf([], step.where))
    else if (picking === 'or') onChange(stepOf([...new Set([...events, type])], step.where))
    else onChange(stepOf([type]))
  }
  return (
    <>
      <Section title={title} action={action}>
        <ActionCell
          title={events.length > 1 ? name(events[0] ?? '') : stepName(step)}
          value={<ChevronDown size={18} className="text-hint" aria-label={t('event.change')} />}
          onClick={() => setPicking('change')}
        />
        {events.slice(1).map((type) => (
          <div key={type} className="flex items-center pl-4 shadow-[inset_0_-1px_0_var(--color-line)]">
            <span className="min-w-0 flex-1 truncate">
              {t('event.or')}: {name(type)}
            </span>
            <IconButton
              label={t('event.removeAlternative', { event: name(type) })}
              onClick={() =>
                onChange(
                  stepOf(
                    events.filter((one) => one !== type),
                    step.where,
                  ),
                )
              }
            >
              <X size={18} aria-hidden />
            </IconButton>
          </div>
        ))}
        {events.length > 0 && (
          <Button look="link" className="w-full justify-start" onClick={() => setPicking('or')}>
            <Plus size={20} aria-hidden />
            {t('event.addOr')}
          </Button>
        )}
      </Section>
      <ConditionList
        title=""
        scopes={['event', 'user']}
        properties={properties}
        conditions={step.where ?? []}
        onChange={(where) => onChange(stepOf(events, where))}
      />
      <EventPicker
        open={picking !== null}
        anyActivity={picking === 'change'}
        onPick={pick}
        onClose={() => setPicking(null)}
      />
    </>
  )
}

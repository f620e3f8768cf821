import type { Step } from '@botdeck/shared/contract/params'
import { isEventType } from '@botdeck/shared/domain/tracking-plan'
import { useTranslation } from 'react-i18next'
import { eventsOf } from '../../url/conditions.ts'

/** What an event type is called: the built-in ones in words, others by their own name. */
export function useEventName(): (type: string) => string {
  const { t } = useTranslation()
  return (type) => (isEventType(type) ? t(`event.name.${type}`) : type)
}

/** What a step is called: its events with "or" between, or any activity. */
export function useStepName(): (step: Pick<Step, 'event'>) => string {
  const { t } = useTranslation()
  const name = useEventName()
  return (step) => eventsOf(step).map(name).join(' / ') || t('event.any')
}

import type { Funnel } from '@botdeck/shared/contract/stats/funnel'
import { useTranslation } from 'react-i18next'
import { funnelBody } from '../../api/questions.ts'
import { CellBody, cellClass } from '../../components/cell.tsx'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { useScope } from '../../components/scope.ts'
import { Section } from '../../components/section.tsx'
import type { FunnelDefinition } from '../../url/funnel.ts'
import { useStepName } from '../steps/event-name.ts'

interface Props {
  funnel: Funnel
  definition: FunnelDefinition
}

/** Those not lost yet: their window still runs, by the step before which they stand. */
export function OpenPeople({ funnel, definition }: Props) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { scope } = useScope()
  const name = useStepName()
  const body = funnelBody(scope, definition)
  const waiting = funnel.steps.flatMap((step, index) => (step.open > 0 ? [{ step, index }] : []))
  if (waiting.length === 0) return null
  const count = funnel.conversion.open
  const title = `${t('common.people', { count, formatted: number.count(count) })} ${t('funnel.open')}`
  return (
    <Section title={`${t('funnel.openTitle')} · ${title}`} footer={t('funnel.openHelp')}>
      {waiting.map(({ step, index }) => (
        <PeopleLink
          key={index}
          stat="funnel"
          q={{ ...body, step: index, which: 'open' }}
          className={cellClass}
        >
          <CellBody
            title={t('funnel.openCell', { step: index + 1 })}
            subtitle={name(step)}
            value={number.count(step.open)}
            chevron
          />
        </PeopleLink>
      ))}
    </Section>
  )
}

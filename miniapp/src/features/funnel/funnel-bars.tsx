import type { Funnel } from '@botdeck/shared/contract/stats/funnel'
import { useTranslation } from 'react-i18next'
import { funnelBody } from '../../api/questions.ts'
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

type Step = Funnel['steps'][number]

/** A bar a step: a tap on it opens who reached it, a tap on the gap above who was lost there. */
export function FunnelBars({ funnel, definition }: Props) {
  const { scope } = useScope()
  const body = funnelBody(scope, definition)
  return (
    <Section>
      <ol className="py-1">
        {funnel.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={index}>
            {index > 0 && <Gap step={step} index={index} q={body} />}
            <Bar
              step={step}
              index={index}
              q={body}
              conditions={definition.steps[index]?.where?.length ?? 0}
            />
          </li>
        ))}
      </ol>
    </Section>
  )
}

interface PartProps {
  step: Step
  index: number
  q: Record<string, unknown>
}

function Bar({ step, index, q, conditions }: PartProps & { conditions: number }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const name = useStepName()
  return (
    <PeopleLink
      stat="funnel"
      q={{ ...q, step: index, which: 'reached' }}
      className="block px-4 py-2 active:bg-fill"
    >
      <span className="flex items-baseline gap-2">
        <span className="w-4 shrink-0 text-hint text-sub">{index + 1}</span>
        <span className="min-w-0 flex-1 truncate">{name(step)}</span>
        <span className="font-semibold">{number.count(step.users)}</span>
      </span>
      {conditions > 0 && (
        <span className="block pl-6 text-hint text-label">{t('filter.some', { count: conditions })}</span>
      )}
      <span className="mt-1 flex items-center gap-2 pl-6">
        <span className="h-6 min-w-0 flex-1 overflow-hidden rounded bg-fill">
          <span
            className="block h-full rounded bg-series"
            style={{ width: `${Math.max(step.users > 0 ? 0.5 : 0, (step.rateFromStart ?? 0) * 100)}%` }}
          />
        </span>
        <span className="w-13 shrink-0 text-right text-hint text-sub">
          {number.rate(step.rateFromStart, 0)}
        </span>
      </span>
    </PeopleLink>
  )
}

function Gap({ step, index, q }: PartProps) {
  const { t } = useTranslation()
  const { number, duration } = useFormats()
  const people = t('common.people', { count: step.lost, formatted: number.count(step.lost) })
  const before = step.users + step.lost + step.open
  const text = [
    `− ${number.count(step.lost)}`,
    number.rate(before > 0 ? step.lost / before : null, 0),
    ...(step.medianSeconds === null ? [] : [t('funnel.median', { time: duration(step.medianSeconds) })]),
  ].join(' · ')
  if (step.lost === 0) return <p className="min-h-11 px-4 py-2.5 pl-10 text-hint text-sub">{text}</p>
  return (
    <PeopleLink
      stat="funnel"
      q={{ ...q, step: index, which: 'lost' }}
      label={`${t('funnel.lost', { step: index + 1, people })}. ${text}`}
      className="flex min-h-11 items-center px-4 pl-10 text-hint text-sub active:bg-fill"
    >
      <span className="underline decoration-dotted underline-offset-4">{text}</span>
    </PeopleLink>
  )
}

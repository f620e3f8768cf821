import type { Step } from '@botdeck/shared/contract/params'
import { useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton, SheetAction } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Section } from '../../components/section.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { tick, useClosingGuard } from '../../telegram/feel.ts'
import { isComplete } from '../../url/conditions.ts'
import { defaultSteps, type FunnelDefinition, isWindow, searchOf } from '../../url/funnel.ts'
import { StepFields } from '../steps/step-fields.tsx'
import { WindowFields } from './window-fields.tsx'

interface Props {
  open: boolean
  definition: FunnelDefinition
  onClose: () => void
}

const ready = {
  buying: defaultSteps,
  firstPicture: [
    { event: 'started' },
    { event: 'effect_viewed' },
    { event: 'generation_requested' },
    { event: 'generation_succeeded' },
  ],
  comeBack: [
    { event: 'generation_failed' },
    { event: 'generation_requested' },
    { event: 'generation_succeeded' },
  ],
} satisfies Record<string, Step[]>

const mostSteps = 10
const fewestSteps = 2

/** The funnel being written; "Apply" puts it into the address. */
export function FunnelEditor({ open, definition, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('funnel.title')} onClose={onClose}>
      <EditorForm definition={definition} onClose={onClose} />
    </Sheet>
  )
}

interface Draft {
  id: number
  step: Step
}

let lastId = 0

function draftsOf(steps: readonly Step[]): Draft[] {
  return steps.map((step) => ({ id: ++lastId, step }))
}

// A condition without a value yet is no condition.
function finished({ event, where = [] }: Step): Step {
  const complete = where.filter(isComplete)
  return complete.length > 0 ? { event, where: complete } : { event }
}

function EditorForm({ definition, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [drafts, setDrafts] = useState(() => draftsOf(definition.steps))
  const [window, setWindow] = useState(definition.window)
  useClosingGuard(true)
  const move = (from: number, to: number) => {
    tick()
    const next = [...drafts]
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(to, 0, moved)
    setDrafts(next)
  }
  const apply = () => {
    const steps = drafts.map(({ step }) => finished(step))
    void navigate({
      to: '/funnel',
      search: (before) => ({ ...before, ...searchOf({ steps, window }) }),
      replace: true,
    })
    onClose()
  }
  return (
    <>
      <div className="flex gap-2 overflow-x-auto px-4 pb-3">
        {(['buying', 'firstPicture', 'comeBack'] as const).map((name) => (
          <Chip key={name} onClick={() => setDrafts(draftsOf(ready[name]))}>
            {t(`funnel.${name}`)}
          </Chip>
        ))}
      </div>
      {drafts.map(({ id, step }, index) => (
        <StepFields
          key={id}
          title={t('funnel.step', { step: index + 1 })}
          step={step}
          onChange={(next) => setDrafts(drafts.map((old) => (old.id === id ? { id, step: next } : old)))}
          action={
            <StepActions
              index={index}
              count={drafts.length}
              onMove={(to) => move(index, to)}
              onRemove={() => setDrafts(drafts.filter((old) => old.id !== id))}
            />
          }
        />
      ))}
      <div className="mx-4 mb-5">
        <Button
          className="w-full"
          disabled={drafts.length >= mostSteps}
          onClick={() => setDrafts([...drafts, ...draftsOf([{ event: null }])])}
        >
          <Plus size={20} aria-hidden />
          {t('funnel.addStep')}
        </Button>
      </div>
      <Section
        title={t('funnel.window')}
        footer={isWindow(window) ? t('funnel.windowHelp') : t('funnel.windowWrong')}
      >
        <WindowFields window={window} onChange={setWindow} />
      </Section>
      <SheetAction disabled={!isWindow(window)} onClick={apply}>
        {t('common.apply')}
      </SheetAction>
    </>
  )
}

interface ActionsProps {
  index: number
  count: number
  onMove: (to: number) => void
  onRemove: () => void
}

function StepActions({ index, count, onMove, onRemove }: ActionsProps) {
  const { t } = useTranslation()
  const step = index + 1
  return (
    <span className="-my-1 flex">
      <IconButton label={t('funnel.up', { step })} disabled={index === 0} onClick={() => onMove(index - 1)}>
        <ArrowUp size={18} aria-hidden />
      </IconButton>
      <IconButton
        label={t('funnel.down', { step })}
        disabled={step === count}
        onClick={() => onMove(index + 1)}
      >
        <ArrowDown size={18} aria-hidden />
      </IconButton>
      <IconButton
        label={t('funnel.removeStep', { step })}
        danger
        disabled={count <= fewestSteps}
        onClick={onRemove}
      >
        <Trash2 size={18} aria-hidden />
      </IconButton>
    </span>
  )
}

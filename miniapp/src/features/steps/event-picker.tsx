import type { EventTypes } from '@botdeck/shared/contract/session'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/client.ts'
import { eventTypesQuery } from '../../api/queries.ts'
import { ActionCell } from '../../components/cell.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { Section } from '../../components/section.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { tick } from '../../telegram/feel.ts'
import { useEventName } from './event-name.ts'

type EventType = EventTypes['types'][number]

interface Props {
  open: boolean
  /** Whether "any activity" may be picked too. */
  anyActivity: boolean
  onPick: (type: string | null) => void
  onClose: () => void
}

const groups = [
  { title: 'event.groupActivity', holds: (type: EventType) => type.builtIn && type.activity },
  { title: 'event.groupCustom', holds: (type: EventType) => !type.builtIn },
  { title: 'event.groupSystem', holds: (type: EventType) => type.builtIn && !type.activity },
] as const

/** The event types of the tracking plan and those seen, to search and to pick one. */
export function EventPicker({ open, anyActivity, onPick, onClose }: Props) {
  const { t } = useTranslation()
  const query = useQuery(eventTypesQuery(useApi()))
  const [search, setSearch] = useState('')
  const pick = (type: string | null) => {
    tick()
    setSearch('')
    onPick(type)
  }
  return (
    <Sheet open={open} title={t('event.choose')} onClose={onClose}>
      <div className="mx-4 mb-4">
        <SearchField label={t('event.search')} value={search} onChange={setSearch} />
      </div>
      {anyActivity && search === '' && (
        <Section>
          <ActionCell title={t('event.any')} onClick={() => pick(null)} />
        </Section>
      )}
      <Loaded query={query} skeleton={<SkeletonRows count={6} />}>
        {({ types }) => <TypeGroups types={types} search={search} onPick={pick} />}
      </Loaded>
    </Sheet>
  )
}

interface GroupsProps {
  types: readonly EventType[]
  search: string
  onPick: (type: string) => void
}

function TypeGroups({ types, search, onPick }: GroupsProps) {
  const { t } = useTranslation()
  const name = useEventName()
  const wanted = search.trim().toLowerCase()
  const found = types.filter(({ type }) => `${type} ${name(type)}`.toLowerCase().includes(wanted))
  if (found.length === 0) return <p className="px-8 py-4 text-hint text-sub">{t('event.nothing')}</p>
  return groups.map(({ title, holds }) => {
    const members = found.filter(holds)
    if (members.length === 0) return null
    return (
      <Section key={title} title={t(title)}>
        {members.map(({ type, builtIn }) => (
          <ActionCell
            key={type}
            title={name(type)}
            {...(builtIn ? { subtitle: type } : {})}
            onClick={() => onPick(type)}
          />
        ))}
      </Section>
    )
  })
}

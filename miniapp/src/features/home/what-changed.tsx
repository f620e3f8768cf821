import type { Changes } from '@botdeck/shared/contract/stats/changes'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/client.ts'
import { changesQuery } from '../../api/queries.ts'
import { rangeQuery } from '../../api/scope.ts'
import { Cell } from '../../components/cell.tsx'
import { Change } from '../../components/change.tsx'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { useScope } from '../../components/scope.ts'
import { Section } from '../../components/section.tsx'

type One = Changes['changes'][number]

/** What rose or fell more than chance explains, of the finished days of the range; nothing where nothing did. */
export function WhatChanged() {
  const { t } = useTranslation()
  const { scope } = useScope()
  const { number } = useFormats()
  const { data } = useQuery(changesQuery(useApi(), scope))
  if (!data || data.changes.length === 0) return null
  const counts = ({ previous, current }: One) => `${number.count(previous)} → ${number.count(current)}`
  return (
    <Section title={t('home.changed')} footer={t('home.changedHelp')}>
      {data.changes.map((change) => (
        <PeopleLink
          key={`${change.kind} ${change.value}`}
          stat="changes"
          q={{ ...rangeQuery(scope), kind: change.kind, value: change.value, cell: 'current' }}
          className="block active:bg-fill"
        >
          <Cell
            title={change.value}
            subtitle={`${t(`home.changedOf.${change.kind}`)} · ${counts(change)}`}
            value={
              <Change
                now={change.current}
                before={change.previous}
                lessIsBetter={change.kind === 'errorType'}
              />
            }
            chevron
          />
        </PeopleLink>
      ))}
    </Section>
  )
}

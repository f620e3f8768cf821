import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Unlink, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { peopleQuery } from '../api/people.ts'
import { Page } from '../components/page.tsx'
import { Notice } from '../components/states.tsx'
import { PeopleList } from '../features/people/people-list.tsx'
import { usePeopleTitle } from '../features/people/people-title.ts'
import type { Loose } from '../url/loose.ts'
import { type PeopleSearch, parsePeople } from '../url/people.ts'

export const Route = createFileRoute('/people')({
  validateSearch: (raw: Record<string, unknown>): Loose<PeopleSearch> => parsePeople(raw) ?? {},
  component: PeoplePage,
})

function PeoplePage() {
  const { t } = useTranslation()
  const asked = parsePeople({ ...Route.useSearch() })
  if (asked === null)
    return (
      <Page title={t('people.title')}>
        <Notice icon={Unlink} title={t('people.badTitle')} text={t('people.bad')} />
      </Page>
    )
  return <People asked={asked} />
}

function People({ asked }: { asked: PeopleSearch }) {
  const { t } = useTranslation()
  const { title, subtitle } = usePeopleTitle(asked)
  const query = useInfiniteQuery(peopleQuery(useApi(), asked))
  return (
    <Page title={title}>
      {subtitle !== '' && <p className="px-4 pb-3 text-hint text-sub max-[359px]:px-3">{subtitle}</p>}
      <PeopleList
        query={query}
        empty={<Notice icon={Users} title={t('people.emptyTitle')} text={t('people.empty')} />}
      />
    </Page>
  )
}

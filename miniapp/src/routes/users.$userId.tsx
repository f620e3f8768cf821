import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { codeOf } from '../api/errors.ts'
import { userQuery } from '../api/people.ts'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { Notice } from '../components/states.tsx'
import { usePersonName } from '../features/people/person-row.tsx'
import { PersonAbout } from '../features/user/person-about.tsx'
import { PersonHead, PersonSkeleton } from '../features/user/person-head.tsx'
import { Timeline } from '../features/user/timeline.tsx'
import { isDay } from '../url/days.ts'

export const Route = createFileRoute('/users/$userId')({
  // `before`: the timeline goes back from the end of that day.
  validateSearch: ({ before }: Record<string, unknown>): { before?: string | undefined } =>
    isDay(before) ? { before } : {},
  component: Person,
})

function Person() {
  const { t } = useTranslation()
  const { userId } = Route.useParams()
  const { before } = Route.useSearch()
  const name = usePersonName()
  const query = useQuery(userQuery(useApi(), userId))
  const missing = query.isError && ['not_found', 'invalid_params'].includes(codeOf(query.error))
  if (missing)
    return (
      <Page title={t('user.missing')}>
        <Notice icon={UserX} title={t('user.missing')} text={t('user.missingText')} />
      </Page>
    )
  return (
    <Page title={query.data ? name(query.data) : t('users.title')}>
      <Loaded query={query} skeleton={<PersonSkeleton />}>
        {(person) => (
          <>
            <PersonHead person={person} />
            <PersonAbout person={person} />
          </>
        )}
      </Loaded>
      <Timeline key={`${userId}/${before ?? ''}`} userId={userId} before={before} />
    </Page>
  )
}

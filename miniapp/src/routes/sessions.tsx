import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { sessionsQuery } from '../api/queries.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { Notice } from '../components/states.tsx'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'
import { SessionFigures } from '../features/sessions/session-figures.tsx'
import { intervalOf } from '../url/trend.ts'

export const Route = createFileRoute('/sessions')({
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => {
      const { scope } = scopeOf({ ...deps }, today)
      return [
        context.queryClient.ensureQueryData(
          sessionsQuery(context.api, { ...scope, interval: intervalOf(scope) }),
        ),
      ]
    }),
  component: SessionsPage,
})

function SessionsPage() {
  const { t } = useTranslation()
  const { scope } = useScope()
  const question = { ...scope, interval: intervalOf(scope) }
  const query = useQuery(sessionsQuery(useApi(), question))
  return (
    <Page
      title={t('sessions.title')}
      bar={<RangeBar />}
      action={<Help texts={[{ title: t('sessions.title'), text: t('sessions.help') }]} />}
    >
      <Loaded query={query} skeleton={<MatrixSkeleton />}>
        {(sessions) =>
          sessions.sessions === 0 ? (
            <Notice icon={MessagesSquare} title={t('sessions.emptyTitle')} text={t('sessions.empty')} />
          ) : (
            <SessionFigures sessions={sessions} question={question} />
          )
        }
      </Loaded>
    </Page>
  )
}

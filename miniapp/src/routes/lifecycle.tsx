import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { CalendarOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { lifecycleQuery } from '../api/queries.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { Notice } from '../components/states.tsx'
import { lineScope } from '../features/home/line-scope.ts'
import { LifecycleFigures } from '../features/lifecycle/lifecycle-figures.tsx'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'
import { intervalOf } from '../url/trend.ts'

export const Route = createFileRoute('/lifecycle')({
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => {
      const scope = lineScope(scopeOf({ ...deps }, today))
      return [
        context.queryClient.ensureQueryData(
          lifecycleQuery(context.api, { ...scope, interval: intervalOf(scope) }),
        ),
      ]
    }),
  component: LifecyclePage,
})

function LifecyclePage() {
  const { t } = useTranslation()
  const scope = lineScope(useScope())
  const question = { ...scope, interval: intervalOf(scope) }
  const query = useQuery(lifecycleQuery(useApi(), question))
  return (
    <Page
      title={t('lifecycle.title')}
      bar={<RangeBar />}
      action={<Help texts={[{ title: t('lifecycle.title'), text: t('lifecycle.help') }]} />}
    >
      <Loaded query={query} skeleton={<MatrixSkeleton />}>
        {(lifecycle) =>
          lifecycle.points.length === 0 ? (
            <Notice icon={CalendarOff} title={t('lifecycle.title')} text={t('activity.empty')} />
          ) : (
            <LifecycleFigures lifecycle={lifecycle} question={question} />
          )
        }
      </Loaded>
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { trendQuery } from '../api/queries.ts'
import { Button } from '../components/button.tsx'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'
import { TrendFigures } from '../features/trend/trend-figures.tsx'
import type { Loose } from '../url/loose.ts'
import { intervalOf, parseTrend, type TrendSearch, trendOf } from '../url/trend.ts'

const TrendEditor = lazy(() =>
  import('../features/trend/trend-editor.tsx').then((file) => ({ default: file.TrendEditor })),
)

export const Route = createFileRoute('/trend')({
  validateSearch: (raw: Record<string, unknown>): Loose<TrendSearch> => parseTrend(raw),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => {
      const { scope } = scopeOf({ ...deps }, today)
      const question = { ...scope, interval: intervalOf(scope) }
      return [
        context.queryClient.ensureQueryData(
          trendQuery(context.api, question, trendOf(parseTrend({ ...deps }))),
        ),
      ]
    }),
  component: TrendPage,
})

function TrendPage() {
  const { t } = useTranslation()
  const definition = trendOf(parseTrend({ ...Route.useSearch() }))
  const { scope } = useScope()
  const question = { ...scope, interval: intervalOf(scope) }
  const query = useQuery(trendQuery(useApi(), question, definition))
  const [editing, setEditing] = useState(false)
  const [opened, setOpened] = useState(false)
  const edit = (
    <span className="flex items-center">
      <Button
        look="link"
        className="px-2"
        onClick={() => {
          setOpened(true)
          setEditing(true)
        }}
      >
        <Pencil size={17} aria-hidden />
        <span className="max-[359px]:sr-only">{t('funnel.edit')}</span>
      </Button>
      <Help texts={[{ title: t('trend.title'), text: t('trend.help') }]} />
    </span>
  )
  return (
    <Page title={t('trend.title')} bar={<RangeBar />} action={edit}>
      <Loaded query={query} skeleton={<MatrixSkeleton />}>
        {(trend) => <TrendFigures trend={trend} question={question} definition={definition} />}
      </Loaded>
      {opened && (
        <Suspense>
          <TrendEditor open={editing} definition={definition} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { retentionQuery } from '../api/queries.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'
import { useMatrix } from '../features/matrix/use-matrix.ts'
import { RetentionFigures } from '../features/retention/retention-figures.tsx'
import { RetentionOptions } from '../features/retention/retention-options.tsx'
import type { Loose } from '../url/loose.ts'
import { matrixOf, naturalPeriod, parseRetention, type RetentionSearch } from '../url/retention.ts'

export const Route = createFileRoute('/retention')({
  validateSearch: (raw: Record<string, unknown>): Loose<RetentionSearch> => parseRetention(raw),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today, weekStart }) => {
      const { range, scope } = scopeOf({ ...deps }, today)
      const { period = naturalPeriod(range), ...options } = parseRetention({ ...deps })
      const question = { matrix: matrixOf(range, { period, weekStart, today }), period, options }
      return [
        context.queryClient.ensureQueryData(
          retentionQuery(context.api, { ...question, where: scope.where, staff: scope.staff }),
        ),
      ]
    }),
  component: RetentionPage,
})

function RetentionPage() {
  const { t } = useTranslation()
  const { period: chosen, ...options } = parseRetention({ ...Route.useSearch() })
  const { scope } = useScope()
  const { period, matrix } = useMatrix(chosen)
  const question = { matrix, period, options, where: scope.where, staff: scope.staff }
  const query = useQuery(retentionQuery(useApi(), question))
  const help = options.mode === 'on_or_after' ? t('retention.helpAfter') : t('retention.help')
  return (
    <Page
      title={t('retention.title')}
      bar={<RangeBar />}
      action={
        <span className="flex">
          <RetentionOptions search={{ ...options, period }} />
          <Help texts={[{ title: t('retention.title'), text: help }]} />
        </span>
      }
    >
      <Loaded query={query} skeleton={<MatrixSkeleton />}>
        {(retention) => <RetentionFigures retention={retention} question={question} />}
      </Loaded>
    </Page>
  )
}

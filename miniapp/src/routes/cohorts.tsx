import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { cohortsQuery } from '../api/queries.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { Segmented } from '../components/segmented.tsx'
import { CohortTable } from '../features/cohorts/cohort-table.tsx'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'
import { useMatrix } from '../features/matrix/use-matrix.ts'
import { type CohortsSearch, measures, parseCohorts } from '../url/cohorts.ts'
import type { Loose } from '../url/loose.ts'
import { matrixOf, naturalPeriod, retentionPeriods } from '../url/retention.ts'

export const Route = createFileRoute('/cohorts')({
  validateSearch: (raw: Record<string, unknown>): Loose<CohortsSearch> => parseCohorts(raw),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today, weekStart }) => {
      const { range, scope } = scopeOf({ ...deps }, today)
      const period = deps.period ?? naturalPeriod(range)
      const question = { matrix: matrixOf(range, { period, weekStart, today }), period }
      const { where, staff } = scope
      return [context.queryClient.ensureQueryData(cohortsQuery(context.api, { ...question, where, staff }))]
    }),
  component: CohortsPage,
})

// Hours are too short for money to come in.
const periods = retentionPeriods.filter((period) => period !== 'hour')

function CohortsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { period: chosen, measure = 'rate' } = Route.useSearch()
  const { scope } = useScope()
  const { period, matrix } = useMatrix(chosen)
  const question = { matrix, period, where: scope.where, staff: scope.staff }
  const query = useQuery(cohortsQuery(useApi(), question))
  const change = (next: { period?: typeof period; measure?: typeof measure }) =>
    void navigate({
      to: '/cohorts',
      search: (before) => ({ ...before, ...next }),
      replace: true,
      resetScroll: false,
    })
  const help = measures.map((name) => ({ title: t(`cohorts.${name}`), text: t(`cohorts.${name}Help`) }))
  return (
    <Page
      title={t('cohorts.title')}
      bar={<RangeBar />}
      action={<Help texts={[{ title: t('cohorts.title'), text: t('cohorts.help') }, ...help]} />}
    >
      <div className="mx-4 mb-4 space-y-2 max-[359px]:mx-3">
        <Segmented
          label={t('cohorts.measure')}
          options={measures.map((value) => ({ value, text: t(`cohorts.${value}`) }))}
          value={measure}
          onChange={(value) => change({ measure: value })}
        />
        <Segmented
          label={t('retention.period')}
          options={periods.map((value) => ({ value, text: t(`retention.periods.${value}`) }))}
          value={period}
          onChange={(value) => change({ period: value })}
        />
      </div>
      <Loaded query={query} skeleton={<MatrixSkeleton chart={false} />}>
        {(cohorts) => <CohortTable cohorts={cohorts} question={question} measure={measure} />}
      </Loaded>
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { heatmapQuery } from '../api/queries.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { Section } from '../components/section.tsx'
import { Notice } from '../components/states.tsx'
import { HourGrid } from '../features/heatmap/hour-grid.tsx'
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx'

export const Route = createFileRoute('/heatmap')({
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => [
      context.queryClient.ensureQueryData(heatmapQuery(context.api, scopeOf({ ...deps }, today).scope)),
    ]),
  component: HeatmapPage,
})

function HeatmapPage() {
  const { t } = useTranslation()
  const { scope } = useScope()
  const query = useQuery(heatmapQuery(useApi(), scope))
  return (
    <Page
      title={t('heatmap.title')}
      bar={<RangeBar />}
      action={<Help texts={[{ title: t('heatmap.title'), text: t('heatmap.help') }]} />}
    >
      <Loaded query={query} skeleton={<MatrixSkeleton chart={false} />}>
        {(heatmap) =>
          heatmap.total === 0 ? (
            <Notice icon={Clock} title={t('heatmap.emptyTitle')} text={t('heatmap.empty')} />
          ) : (
            <Section title={t('heatmap.grid')} footer={t('heatmap.footer')}>
              <HourGrid heatmap={heatmap} scope={scope} />
            </Section>
          )
        }
      </Loaded>
    </Page>
  )
}

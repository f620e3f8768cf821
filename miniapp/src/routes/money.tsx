import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { overviewQuery, packagesQuery } from '../api/queries.ts'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { usePanel } from '../components/panel.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { MoneyHead, MoneySkeleton } from '../features/money/money-head.tsx'
import { PackageList } from '../features/money/package-list.tsx'

export const Route = createFileRoute('/money')({
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => {
      const { scope } = scopeOf({ ...deps }, today)
      return [
        context.queryClient.ensureQueryData(packagesQuery(context.api, scope)),
        context.queryClient.ensureQueryData(overviewQuery(context.api, scope)),
      ]
    }),
  component: MoneyPage,
})

const liveMs = 5_000

function MoneyPage() {
  const { t } = useTranslation()
  const { today } = usePanel()
  const { scope } = useScope()
  const api = useApi()
  const live = scope.to === today ? { refetchInterval: liveMs } : {}
  const packages = useQuery({ ...packagesQuery(api, scope), ...live })
  const overview = useQuery({ ...overviewQuery(api, scope), ...live })
  return (
    <Page
      title={t('money.title')}
      bar={<RangeBar />}
      action={<Help texts={[{ title: t('money.packages'), text: t('money.help') }]} />}
    >
      <Loaded query={packages} skeleton={<MoneySkeleton />}>
        {(data) => (
          <>
            <MoneyHead total={data.total} overview={overview.data} />
            <PackageList packages={data.packages} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

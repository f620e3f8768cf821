import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { overviewQuery } from '../api/queries.ts'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { usePanel } from '../components/panel.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { HomeHelp } from '../features/home/home-help.tsx'
import { lineScope } from '../features/home/line-scope.ts'
import { NowBadge } from '../features/home/now-badge.tsx'
import { HomeSkeleton, OverviewTiles } from '../features/home/overview-tiles.tsx'
import { WhatChanged } from '../features/home/what-changed.tsx'

export const Route = createFileRoute('/')({
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => {
      const state = scopeOf(deps, today)
      return [state.scope, lineScope(state)].map((scope) =>
        context.queryClient.ensureQueryData(overviewQuery(context.api, scope)),
      )
    }),
  component: Home,
})

// While the day runs its figures move; the server answers unchanged ones from memory.
const liveMs = 5_000

function Home() {
  const { bot, today } = usePanel()
  const state = useScope()
  const api = useApi()
  const live = state.range.to === today ? { refetchInterval: liveMs } : {}
  const overview = useQuery({ ...overviewQuery(api, state.scope), ...live })
  const lines = useQuery({ ...overviewQuery(api, lineScope(state)), ...live })
  return (
    <Page
      title={bot.name}
      bar={<RangeBar />}
      action={
        <span className="flex shrink-0 items-center">
          <NowBadge />
          <HomeHelp />
        </span>
      }
    >
      <Loaded query={overview} skeleton={<HomeSkeleton />}>
        {(data) => (
          <>
            <OverviewTiles overview={data} points={lines.data?.points} />
            <WhatChanged />
          </>
        )}
      </Loaded>
    </Page>
  )
}

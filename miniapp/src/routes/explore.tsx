import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { activityQuery, cohortsQuery, funnelQuery, packagesQuery, retentionQuery } from '../api/queries.ts'
import { Page } from '../components/page.tsx'
import { useFormats, usePanel } from '../components/panel.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { useScope } from '../components/scope.ts'
import { Section } from '../components/section.tsx'
import {
  HeatmapEntry,
  LifecycleEntry,
  SessionsEntry,
  TrendEntry,
} from '../features/explore/event-entries.tsx'
import { StatEntry } from '../features/explore/stat-entry.tsx'
import { lineScope } from '../features/home/line-scope.ts'
import { useMatrix } from '../features/matrix/use-matrix.ts'
import { funnelOf } from '../url/funnel.ts'

export const Route = createFileRoute('/explore')({ component: Explore })

const whole = (value: number) => ({ value, complete: true })

/** Every stat with what it shows right now; a tap opens it. */
function Explore() {
  const { t } = useTranslation()
  return (
    <Page title={t('explore.title')} bar={<RangeBar />}>
      <Section title={t('explore.people')}>
        <ActivityEntry />
        <TrendEntry />
        <RetentionEntry />
        <FunnelEntry />
        <LifecycleEntry />
        <SessionsEntry />
        <HeatmapEntry />
      </Section>
      <Section title={t('explore.money')}>
        <PackagesEntry />
        <CohortsEntry />
      </Section>
    </Page>
  )
}

function ActivityEntry() {
  const { number } = useFormats()
  const { data, isError } = useQuery(activityQuery(useApi(), lineScope(useScope())))
  const points = data?.points.map(({ dau, complete }) => ({ value: dau, complete }))
  const last = data?.points.at(-1)
  return (
    <StatEntry failed={isError} stat="activity" figure={last && number.count(last.dau)} points={points} />
  )
}

function RetentionEntry() {
  const { number } = useFormats()
  const { scope } = useScope()
  const { period, matrix } = useMatrix(undefined)
  const question = { matrix, period, options: {}, where: scope.where, staff: scope.staff }
  const { data, isError } = useQuery(retentionQuery(useApi(), question))
  const points = data?.overall.flatMap(({ rate }) => (rate === null ? [] : whole(rate)))
  const first = data?.overall[1]
  return (
    <StatEntry
      failed={isError}
      stat="retention"
      figure={data && number.rate(first?.rate ?? null, 0)}
      points={points?.slice(1)}
    />
  )
}

function FunnelEntry() {
  const { number } = useFormats()
  const { scope } = useScope()
  const { data, isError } = useQuery(funnelQuery(useApi(), scope, funnelOf({})))
  const points = data?.steps.map(({ users }) => whole(users))
  return (
    <StatEntry
      failed={isError}
      stat="funnel"
      figure={data && number.rate(data.conversion.rate)}
      points={points}
      bars
    />
  )
}

function PackagesEntry() {
  const { number } = useFormats()
  const { scope } = useScope()
  const { data, isError } = useQuery(packagesQuery(useApi(), scope))
  const points = data?.packages.map(({ net }) => whole(Math.max(0, net.amount)))
  return (
    <StatEntry
      failed={isError}
      stat="packages"
      figure={data && number.shortMoney(data.total.net)}
      points={points}
      bars
    />
  )
}

function CohortsEntry() {
  const { number } = useFormats()
  const { currency } = usePanel()
  const { scope } = useScope()
  const { period, matrix } = useMatrix(undefined)
  const question = { matrix, period, where: scope.where, staff: scope.staff }
  const { data, isError } = useQuery(cohortsQuery(useApi(), question))
  // The largest cohort speaks for the table.
  const largest = data?.rows.toSorted((a, b) => b.size - a.size)[0]
  const points = largest?.cells.map(({ ltv, complete }) => ({ value: ltv.amount, complete }))
  const last = largest?.cells.at(-1)
  const figure = data && number.shortMoney(last?.ltv ?? { amount: 0, currency })
  return <StatEntry failed={isError} stat="cohorts" figure={figure} points={points ?? (data && [])} />
}

import type { EventTypes, Panel } from '@botdeck/shared/contract/session'
import type { Activity } from '@botdeck/shared/contract/stats/activity'
import type { Changes } from '@botdeck/shared/contract/stats/changes'
import type { Cohorts } from '@botdeck/shared/contract/stats/cohorts'
import type { Funnel } from '@botdeck/shared/contract/stats/funnel'
import type { Heatmap } from '@botdeck/shared/contract/stats/heatmap'
import type { Lifecycle } from '@botdeck/shared/contract/stats/lifecycle'
import type { Now } from '@botdeck/shared/contract/stats/now'
import type { Overview } from '@botdeck/shared/contract/stats/overview'
import type { Packages } from '@botdeck/shared/contract/stats/packages'
import type { Retention } from '@botdeck/shared/contract/stats/retention'
import type { Sessions } from '@botdeck/shared/contract/stats/sessions'
import type { Trend } from '@botdeck/shared/contract/stats/trend'
import { queryOptions } from '@tanstack/react-query'
import type { FunnelDefinition } from '../url/funnel.ts'
import type { TrendDefinition } from '../url/trend.ts'
import { type Api, answer } from './client.ts'
import {
  type CohortQuestion,
  cohortQuery,
  funnelBody,
  type IntervalQuestion,
  intervalBody,
  type RetentionQuestion,
  retentionBody,
  trendBody,
} from './questions.ts'
import { rangeQuery, type Scope } from './scope.ts'

/** Bot, calendar, currency and filter values; refreshed now and then, because `today` moves. */
export function panelQuery({ routes }: Api) {
  return queryOptions({
    queryKey: ['panel'],
    queryFn: ({ signal }) => answer<Panel>(routes.panel.$get({}, { init: { signal } })),
    staleTime: 60_000,
    refetchInterval: 300_000,
  })
}

/** The event types of the tracking plan and those seen, for the builders. */
export function eventTypesQuery({ routes }: Api) {
  return queryOptions({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => answer<EventTypes>(routes['event-types'].$get({}, { init: { signal } })),
    staleTime: 300_000,
  })
}

export function overviewQuery({ routes }: Api, scope: Scope) {
  const query = rangeQuery(scope)
  return queryOptions({
    queryKey: ['overview', query],
    queryFn: ({ signal }) => answer<Overview>(routes.stats.overview.$get({ query }, { init: { signal } })),
  })
}

export function activityQuery({ routes }: Api, scope: Scope) {
  const query = rangeQuery(scope)
  return queryOptions({
    queryKey: ['activity', query],
    queryFn: ({ signal }) => answer<Activity>(routes.stats.activity.$get({ query }, { init: { signal } })),
  })
}

export function packagesQuery({ routes }: Api, scope: Scope) {
  const query = rangeQuery(scope)
  return queryOptions({
    queryKey: ['packages', query],
    queryFn: ({ signal }) => answer<Packages>(routes.stats.packages.$get({ query }, { init: { signal } })),
  })
}

export function cohortsQuery({ routes }: Api, question: CohortQuestion) {
  const query = cohortQuery(question)
  return queryOptions({
    queryKey: ['cohorts', query],
    queryFn: ({ signal }) => answer<Cohorts>(routes.stats.cohorts.$get({ query }, { init: { signal } })),
  })
}

export function retentionQuery({ routes }: Api, question: RetentionQuestion) {
  const json = retentionBody(question)
  return queryOptions({
    queryKey: ['retention', json],
    queryFn: ({ signal }) => answer<Retention>(routes.stats.retention.$post({ json }, { init: { signal } })),
  })
}

export function funnelQuery({ routes }: Api, scope: Scope, definition: FunnelDefinition) {
  const json = funnelBody(scope, definition)
  return queryOptions({
    queryKey: ['funnel', json],
    queryFn: ({ signal }) => answer<Funnel>(routes.stats.funnel.$post({ json }, { init: { signal } })),
  })
}

export function trendQuery({ routes }: Api, question: IntervalQuestion, definition: TrendDefinition) {
  const json = trendBody(question, definition)
  return queryOptions({
    queryKey: ['trend', json],
    queryFn: ({ signal }) => answer<Trend>(routes.stats.trend.$post({ json }, { init: { signal } })),
  })
}

export function lifecycleQuery({ routes }: Api, question: IntervalQuestion) {
  const json = intervalBody(question)
  return queryOptions({
    queryKey: ['lifecycle', json],
    queryFn: ({ signal }) => answer<Lifecycle>(routes.stats.lifecycle.$post({ json }, { init: { signal } })),
  })
}

export function sessionsQuery({ routes }: Api, question: IntervalQuestion) {
  const json = intervalBody(question)
  return queryOptions({
    queryKey: ['sessions', json],
    queryFn: ({ signal }) => answer<Sessions>(routes.stats.sessions.$post({ json }, { init: { signal } })),
  })
}

export function heatmapQuery({ routes }: Api, scope: Scope) {
  const query = rangeQuery(scope)
  return queryOptions({
    queryKey: ['heatmap', query],
    queryFn: ({ signal }) => answer<Heatmap>(routes.stats.heatmap.$get({ query }, { init: { signal } })),
  })
}

/** Who is here now, and what happened last. */
export function nowQuery({ routes }: Api) {
  return queryOptions({
    queryKey: ['now'],
    queryFn: ({ signal }) => answer<Now>(routes.stats.now.$get({ query: {} }, { init: { signal } })),
    refetchInterval: 5_000,
  })
}

export function changesQuery({ routes }: Api, scope: Scope) {
  const query = rangeQuery(scope)
  return queryOptions({
    queryKey: ['changes', query],
    queryFn: ({ signal }) => answer<Changes>(routes.stats.changes.$get({ query }, { init: { signal } })),
  })
}

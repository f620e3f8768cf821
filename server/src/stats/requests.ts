import type { activity, activityPeople } from '@botdeck/shared/contract/stats/activity'
import type { ads, adsPeople } from '@botdeck/shared/contract/stats/ads'
import type { changes, changesPeople } from '@botdeck/shared/contract/stats/changes'
import type { cohorts, cohortsPeople } from '@botdeck/shared/contract/stats/cohorts'
import type { credits, creditsPeople } from '@botdeck/shared/contract/stats/credits'
import type { effects, effectsPeople } from '@botdeck/shared/contract/stats/effects'
import type { experiments, experimentsPeople } from '@botdeck/shared/contract/stats/experiments'
import type { FunnelParams, FunnelPeopleParams } from '@botdeck/shared/contract/stats/funnel'
import type { heatmap, heatmapPeople } from '@botdeck/shared/contract/stats/heatmap'
import type { LifecycleParams, LifecyclePeopleParams } from '@botdeck/shared/contract/stats/lifecycle'
import type { now, nowPeople } from '@botdeck/shared/contract/stats/now'
import type { overview, overviewPeople } from '@botdeck/shared/contract/stats/overview'
import type { packages, packagesPeople } from '@botdeck/shared/contract/stats/packages'
import type { PathsParams, PathsPeopleParams } from '@botdeck/shared/contract/stats/paths'
import type { payments, paymentsPeople } from '@botdeck/shared/contract/stats/payments'
import type { promos, promosPeople } from '@botdeck/shared/contract/stats/promos'
import type { referrals, referralsPeople } from '@botdeck/shared/contract/stats/referrals'
import type { RetentionParams, RetentionPeopleParams } from '@botdeck/shared/contract/stats/retention'
import type { revenue, revenuePeople } from '@botdeck/shared/contract/stats/revenue'
import type { segments, segmentsPeople } from '@botdeck/shared/contract/stats/segments'
import type { SessionsParams, SessionsPeopleParams } from '@botdeck/shared/contract/stats/sessions'
import type { sources, sourcesPeople } from '@botdeck/shared/contract/stats/sources'
import type { StickinessParams, StickinessPeopleParams } from '@botdeck/shared/contract/stats/stickiness'
import type { TrendParams, TrendPeopleParams } from '@botdeck/shared/contract/stats/trend'
import type { z } from '@hono/zod-openapi'

/** What each stat is asked with, as the contract's schemas give it out. */
export interface StatParams {
  overview: z.output<typeof overview.request.query>
  activity: z.output<typeof activity.request.query>
  retention: RetentionParams
  cohorts: z.output<typeof cohorts.request.query>
  funnel: FunnelParams
  packages: z.output<typeof packages.request.query>
  revenue: z.output<typeof revenue.request.query>
  trend: TrendParams
  stickiness: StickinessParams
  lifecycle: LifecycleParams
  sessions: SessionsParams
  heatmap: z.output<typeof heatmap.request.query>
  paths: PathsParams
  payments: z.output<typeof payments.request.query>
  segments: z.output<typeof segments.request.query>
  experiments: z.output<typeof experiments.request.query>
  effects: z.output<typeof effects.request.query>
  sources: z.output<typeof sources.request.query>
  referrals: z.output<typeof referrals.request.query>
  changes: z.output<typeof changes.request.query>
  promos: z.output<typeof promos.request.query>
  ads: z.output<typeof ads.request.query>
  credits: z.output<typeof credits.request.query>
  now: z.output<typeof now.request.query>
}

/** What the people behind a figure of each stat are asked with. */
export interface PeopleParams {
  overview: z.output<typeof overviewPeople.request.query>
  activity: z.output<typeof activityPeople.request.query>
  retention: RetentionPeopleParams
  cohorts: z.output<typeof cohortsPeople.request.query>
  funnel: FunnelPeopleParams
  packages: z.output<typeof packagesPeople.request.query>
  revenue: z.output<typeof revenuePeople.request.query>
  trend: TrendPeopleParams
  stickiness: StickinessPeopleParams
  lifecycle: LifecyclePeopleParams
  sessions: SessionsPeopleParams
  heatmap: z.output<typeof heatmapPeople.request.query>
  paths: PathsPeopleParams
  payments: z.output<typeof paymentsPeople.request.query>
  segments: z.output<typeof segmentsPeople.request.query>
  experiments: z.output<typeof experimentsPeople.request.query>
  effects: z.output<typeof effectsPeople.request.query>
  sources: z.output<typeof sourcesPeople.request.query>
  referrals: z.output<typeof referralsPeople.request.query>
  changes: z.output<typeof changesPeople.request.query>
  promos: z.output<typeof promosPeople.request.query>
  ads: z.output<typeof adsPeople.request.query>
  credits: z.output<typeof creditsPeople.request.query>
  now: z.output<typeof nowPeople.request.query>
}

export type StatName = keyof StatParams

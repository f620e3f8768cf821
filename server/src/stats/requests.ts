import type { activity, activityPeople } from '@botdeck/shared/contract/stats/activity'
import type { cohorts, cohortsPeople } from '@botdeck/shared/contract/stats/cohorts'
import type { FunnelParams, FunnelPeopleParams } from '@botdeck/shared/contract/stats/funnel'
import type { overview, overviewPeople } from '@botdeck/shared/contract/stats/overview'
import type { packages, packagesPeople } from '@botdeck/shared/contract/stats/packages'
import type { RetentionParams, RetentionPeopleParams } from '@botdeck/shared/contract/stats/retention'
import type { z } from '@hono/zod-openapi'

/** What each stat is asked with, as the contract's schemas give it out. */
export interface StatParams {
  overview: z.output<typeof overview.request.query>
  activity: z.output<typeof activity.request.query>
  retention: RetentionParams
  cohorts: z.output<typeof cohorts.request.query>
  funnel: FunnelParams
  packages: z.output<typeof packages.request.query>
}

/** What the people behind a figure of each stat are asked with. */
export interface PeopleParams {
  overview: z.output<typeof overviewPeople.request.query>
  activity: z.output<typeof activityPeople.request.query>
  retention: RetentionPeopleParams
  cohorts: z.output<typeof cohortsPeople.request.query>
  funnel: FunnelPeopleParams
  packages: z.output<typeof packagesPeople.request.query>
}

export type StatName = keyof StatParams

import { activityStat } from './activity.ts'
import { cohortsStat } from './cohorts.ts'
import { funnelStat } from './funnel.ts'
import { heatmapStat } from './heatmap.ts'
import { lifecycleStat } from './lifecycle.ts'
import { overviewStat } from './overview.ts'
import { packagesStat } from './packages.ts'
import { pathsStat } from './paths.ts'
import { paymentsStat } from './payments.ts'
import type { StatName } from './requests.ts'
import { retentionStat } from './retention.ts'
import { revenueStat } from './revenue.ts'
import { sessionsStat } from './sessions.ts'
import type { Stat } from './stat.ts'
import { stickinessStat } from './stickiness.ts'
import { trendStat } from './trend.ts'

/** Every stat by its name in the contract; the compiler misses one that is not here. */
export const stats: { [N in StatName]: Stat<N> } = {
  overview: overviewStat,
  activity: activityStat,
  retention: retentionStat,
  cohorts: cohortsStat,
  funnel: funnelStat,
  packages: packagesStat,
  revenue: revenueStat,
  trend: trendStat,
  stickiness: stickinessStat,
  lifecycle: lifecycleStat,
  sessions: sessionsStat,
  heatmap: heatmapStat,
  paths: pathsStat,
  payments: paymentsStat,
}

import { activityStat } from './activity.ts'
import { adsStat } from './ads.ts'
import { changesStat } from './changes.ts'
import { cohortsStat } from './cohorts.ts'
import { creditsStat } from './credits.ts'
import { effectsStat } from './effects.ts'
import { experimentsStat } from './experiments.ts'
import { funnelStat } from './funnel.ts'
import { heatmapStat } from './heatmap.ts'
import { lifecycleStat } from './lifecycle.ts'
import { nowStat } from './now.ts'
import { overviewStat } from './overview.ts'
import { packagesStat } from './packages.ts'
import { pathsStat } from './paths.ts'
import { paymentsStat } from './payments.ts'
import { promosStat } from './promos.ts'
import { referralsStat } from './referrals.ts'
import type { StatName } from './requests.ts'
import { retentionStat } from './retention.ts'
import { revenueStat } from './revenue.ts'
import { segmentsStat } from './segments.ts'
import { sessionsStat } from './sessions.ts'
import { sourcesStat } from './sources.ts'
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
  segments: segmentsStat,
  experiments: experimentsStat,
  effects: effectsStat,
  sources: sourcesStat,
  referrals: referralsStat,
  changes: changesStat,
  promos: promosStat,
  ads: adsStat,
  credits: creditsStat,
  now: nowStat,
}

import { activityStat } from './activity.ts'
import { cohortsStat } from './cohorts.ts'
import { funnelStat } from './funnel.ts'
import { overviewStat } from './overview.ts'
import { packagesStat } from './packages.ts'
import type { StatName } from './requests.ts'
import { retentionStat } from './retention.ts'
import type { Stat } from './stat.ts'

/** Every stat by its name in the contract; the compiler misses one that is not here. */
export const stats: { [N in StatName]: Stat<N> } = {
  overview: overviewStat,
  activity: activityStat,
  retention: retentionStat,
  cohorts: cohortsStat,
  funnel: funnelStat,
  packages: packagesStat,
}

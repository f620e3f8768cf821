import type { Db } from '@botdeck/shared/db/db'
import { activityStat } from './activity.ts'
import { cohortsStat } from './cohorts.ts'
import { funnelStat } from './funnel.ts'
import { overviewStat } from './overview.ts'
import { packagesStat } from './packages.ts'
import { pageOf } from './page.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'
import { retentionStat } from './retention.ts'
import type { Stat } from './stat.ts'
import { withView } from './view.ts'

/** Every stat by its name in the API. */
const stats: { [N in StatName]: Stat<N> } = {
  overview: overviewStat,
  activity: activityStat,
  retention: retentionStat,
  cohorts: cohortsStat,
  funnel: funnelStat,
  packages: packagesStat,
}

/** A stat, or a page of the people behind one of its figures, as it is asked for. */
export type Asked = {
  [N in StatName]:
    | { kind: 'answer'; name: N; params: StatParams[N] }
    | { kind: 'people'; name: N; params: PeopleParams[N] }
}[StatName]

type AskedOf<N extends StatName> =
  | { kind: 'answer'; name: N; params: StatParams[N] }
  | { kind: 'people'; name: N; params: PeopleParams[N] }

/** The answer from cells alone as JSON text; null where the request needs a scan. */
export function evaluateCells<N extends StatName>(
  db: Db,
  asked: { name: N; params: StatParams[N] },
  now: number,
): Promise<string | null> {
  return withView(db, { now, weekStart: asked.params.weekStart }, async (view) => {
    const answer = await stats[asked.name].fromCells(view, asked.params)
    return answer && JSON.stringify(answer)
  })
}

/** The answer from rows, or the page of people, as JSON text. */
export function evaluateScan<N extends StatName>(db: Db, asked: AskedOf<N>, now: number): Promise<string> {
  return withView(db, { now, weekStart: asked.params.weekStart }, async (view) => {
    const stat: Stat<N> = stats[asked.name]
    if (asked.kind === 'answer') return JSON.stringify(await stat.scan(view, asked.params))
    return JSON.stringify(await pageOf(view, await stat.people(view, asked.params), asked.params))
  })
}

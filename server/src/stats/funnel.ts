import { valueText } from '@botdeck/shared/domain/conditions'
import type { Breakdown } from './breakdown.ts'
import { forEachOther, readBreakdown } from './funnel-breakdown.ts'
import { FunnelFigures } from './funnel-figures.ts'
import { forEachMatch, forEachPlace, type Match } from './funnel-matches.ts'
import { answerTrend, trendPeople } from './funnel-trend.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['funnel']

function isBrokenDown<P extends Params>(params: P): params is P & { breakdown: Breakdown } {
  return params.breakdown !== undefined
}

async function answerSteps(view: View, params: Params): Promise<object> {
  if (isBrokenDown(params)) {
    const { whole, rows } = await readBreakdown(view, params)
    return { ...answered(view), ...whole.answer(), breakdown: rows }
  }
  const figures = new FunnelFigures(params.steps)
  await forEachMatch(view, params, (_uid, match) => figures.add(match))
  return { ...answered(view), ...figures.answer() }
}

/** Everybody counted at one step, of the whole funnel or of one row of its breakdown. */
async function stepPeople(view: View, params: PeopleParams['funnel']): Promise<ReadonlySet<number>> {
  const { step: wanted, which = 'reached', breakdownValue, other, steps } = params
  const uids = new Set<number>()
  const take = (uid: number, match: Match) =>
    forEachPlace(match, steps.length, (figure, step) => {
      if (figure === which && step === wanted) uids.add(uid)
    })
  const asked = breakdownValue === undefined ? undefined : valueText(breakdownValue)
  if (other && isBrokenDown(params)) await forEachOther(view, params, take)
  else
    await forEachMatch(view, params, (uid, match, values) => {
      if (asked === undefined || values.includes(asked)) take(uid, match)
    })
  return uids
}

/**
 * How far people get: each counted once, by the attempt that gets furthest. The range limits when step 1 happens; seconds
 * are from the step before, over those who reached the step. Rules in `domain/funnel`.
 */
export const funnelStat: Stat<'funnel'> = {
  async fromCells() {
    return null
  },
  scan: (view, params) => (params.report === 'trend' ? answerTrend(view, params) : answerSteps(view, params)),
  people: (view, params) =>
    params.report === 'trend' ? trendPeople(view, params) : stepPeople(view, params),
}

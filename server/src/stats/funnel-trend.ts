import { FunnelTrend } from '@botdeck/shared/domain/funnel-trend'
import { rate } from '@botdeck/shared/domain/numbers'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import type { Period } from '@botdeck/shared/domain/range'
import { forEachEntrant, funnelAudience, rulesOf } from './funnel-matches.ts'
import { headingOf, pointNamed, pointsOf } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['funnel']

/** Reports each person at the periods in which an attempt began: that they entered, and whether they converted. */
async function evaluate(
  view: View,
  params: Params,
  tally: Tally,
): Promise<{ points: Period[]; trend: FunnelTrend }> {
  const rules = rulesOf(view, params)
  const { interval = 'day', fromStep = 0, toStep = rules.stepCount - 1 } = params
  const { points } = pointsOf(view, rules, interval)
  const trend = new FunnelTrend(rules, new PeriodTable(points))
  const audience = await funnelAudience(view, params)
  await forEachEntrant(view, { params, rules, audience }, (person, readAttempts) => {
    const { uid } = person
    readAttempts(person, trend.take)
    trend.flush((place, reached) => {
      if (reached > fromStep) tally.add('entered', place, uid)
      if (reached > toStep) tally.add('converted', place, uid)
    })
  })
  return { points, trend }
}

/** Conversion over time. A point is complete when its period has ended, uncut, and no window begun in it is open. */
export async function answerTrend(view: View, params: Params): Promise<object> {
  const counts = new Counts()
  const { points, trend } = await evaluate(view, params, counts)
  return {
    ...answered(view),
    points: points.map((point, place) => {
      const [entered, converted] = [counts.of('entered', place), counts.of('converted', place)]
      const complete = point.complete && !trend.isOpen(place)
      return { ...headingOf(point), entered, converted, rate: rate(converted, entered), complete }
    }),
  }
}

/** Everybody counted at one point. Throws `invalid_params` where `start` names none. */
export async function trendPeople(view: View, params: PeopleParams['funnel']): Promise<ReadonlySet<number>> {
  const { start = '', which = 'entered', interval = 'day' } = params
  const wanted = pointNamed(pointsOf(view, rulesOf(view, params), interval).points, start)
  const members = new Members((figure, place) => figure === which && place === wanted)
  await evaluate(view, params, members)
  return members.uids
}

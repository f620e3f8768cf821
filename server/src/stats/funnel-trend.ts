import { FunnelTrend } from '@botdeck/shared/domain/funnel-trend'
import { rate } from '@botdeck/shared/domain/numbers'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import type { Period } from '@botdeck/shared/domain/range'
import { askedFunnel, readAttempts } from './funnel-matches.ts'
import { headingOf, pointNamed, pointsOf } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['funnel']

function periodsOf(view: View, params: Params): Period[] {
  const { interval = 'day' } = params
  return pointsOf(view, rangeOf(view, params), interval).points
}

/** Reports each person at the periods in which an attempt began: that they entered, and whether they converted. */
async function evaluate(
  view: View,
  params: Params,
  to: { points: Period[]; tally: Tally },
): Promise<FunnelTrend> {
  const { points, tally } = to
  const { fromStep = 0, toStep = params.steps.length - 1 } = params
  const asked = await askedFunnel(view, params)
  const trend = new FunnelTrend(asked.rules, new PeriodTable(points))
  const settle = ({ uid }: { uid: number }) =>
    trend.flush((place, reached) => {
      if (reached > fromStep) tally.add('entered', place, uid)
      if (reached > toStep) tally.add('converted', place, uid)
    })
  await readAttempts(view, asked, { take: trend.take, settle })
  return trend
}

/** Conversion over time. A point is complete when its period has ended, uncut, and no window begun in it is open. */
export async function answerTrend(view: View, params: Params): Promise<object> {
  const counts = new Counts()
  const points = periodsOf(view, params)
  const trend = await evaluate(view, params, { points, tally: counts })
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
  const { start = '', which = 'entered' } = params
  const points = periodsOf(view, params)
  const wanted = pointNamed(points, start)
  const members = new Members((figure, place) => figure === which && place === wanted)
  await evaluate(view, params, { points, tally: members })
  return members.uids
}

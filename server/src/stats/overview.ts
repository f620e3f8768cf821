import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import { isRecordedBefore } from './compared.ts'
import { refuseEventConditions } from './filters.ts'
import { holdsWhatIsAhead, keptDays, overviewFromCells } from './overview-cells.ts'
import { currentPlace, firstPoint, previousPlace } from './overview-figures.ts'
import { tallyOverview } from './overview-scan.ts'
import { type OverviewPlan, overviewPlan, type Span } from './overview-spans.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['overview']

function planOf(view: View, params: Params): OverviewPlan {
  refuseEventConditions(params)
  return overviewPlan(view, rangeOf(view, params))
}

function periodAt(view: View, counts: Counts, { place, span }: { place: number; span: Span }) {
  const of = (figure: string) => counts.of(figure, place)
  return {
    from: span.fromText,
    to: span.toText,
    active: of('active'),
    newUsers: of('newUsers'),
    payers: of('payers'),
    net: { amount: of('net'), currency: view.settings.currency },
    generations: of('generations'),
    successRate: rate(of('succeeded'), of('generations')),
    retention: {
      d1: rate(of('d1'), of('d1Size')),
      d7: rate(of('d7'), of('d7Size')),
      d30: rate(of('d30'), of('d30Size')),
    },
  }
}

async function answerOf(
  view: View,
  plan: OverviewPlan,
  of: { counts: Counts; params: Params },
): Promise<object> {
  const { counts, params } = of
  const { current, previous, points } = plan
  const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
  return {
    ...answered(view),
    current: periodAt(view, counts, { place: currentPlace, span: current }),
    previous: compares ? periodAt(view, counts, { place: previousPlace, span: previous }) : null,
    points: points.map((point, index) => ({
      ...headingOf(point),
      active: counts.of('active', firstPoint + index),
      newUsers: counts.of('newUsers', firstPoint + index),
      net: { amount: counts.of('net', firstPoint + index), currency: view.settings.currency },
      generations: counts.of('generations', firstPoint + index),
      complete: point.complete,
    })),
  }
}

/** The place of the figure asked for; points have no retention. */
function placeAsked(
  { points }: OverviewPlan,
  { cell, start }: { cell: string; start?: string | undefined },
): number {
  if (start === undefined) return currentPlace
  if (/^d\d/.test(cell))
    throw new AppError('invalid_params', 'retention is of the whole range', { field: 'start' })
  return firstPoint + pointNamed(points, start)
}

/**
 * The range in one answer, beside the same number of local days before it; points are the days of the range. `active` is
 * distinct people, `net` in the reporting currency, `generations` succeeded and failed, retention that of the daily
 * cohorts of 60 days. Ranges of 1, 7 and 30 whole days without conditions come from cells, others from rows.
 */
export const overviewStat: Stat<'overview'> = {
  async fromCells(view, params) {
    const plan = planOf(view, params)
    const kept = keptDays.includes(plan.days) && !plan.cut && (params.where ?? []).length === 0
    if (!kept || (plan.running && (await holdsWhatIsAhead(view)))) return null
    const counts = await overviewFromCells(view, plan, params.includeStaff)
    return answerOf(view, plan, { counts, params })
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const counts = new Counts()
    await tallyOverview(view, plan, { filters: params, tally: counts })
    return answerOf(view, plan, { counts, params })
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const asked = placeAsked(plan, params)
    const members = new Members((figure, place) => figure === params.cell && place === asked)
    await tallyOverview(view, plan, { filters: params, tally: members })
    return members.uids
  },
}

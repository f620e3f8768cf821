import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import { revenueCells } from '@botdeck/shared/domain/revenue-cells'
import { audienceOf } from './audience.ts'
import { type Compared, comparedRange, isRecordedBefore } from './compared.ts'
import { refuseEventConditions } from './filters.ts'
import { currentPlace, firstPoint, previousPlace } from './overview-figures.ts'
import type { Span } from './overview-spans.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import { inCurrency, tallyRevenue } from './revenue-figures.ts'
import {
  monthsOf,
  subscriptionFigure,
  subscriptionMonths,
  tallySubscriptions,
} from './revenue-subscriptions.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['revenue']

function planOf(view: View, params: Params): Compared {
  refuseEventConditions(params)
  return comparedRange(view, rangeOf(view, params), params.interval)
}

async function evaluate(
  view: View,
  params: Params,
  to: { plan: Compared; tally: Tally },
): Promise<Set<string>> {
  const audience = await audienceOf(view, params)
  await tallySubscriptions(view, params, { audience, tally: to.tally })
  return tallyRevenue(view, { ...to, params, audience })
}

interface Shown {
  counts: Counts
  place: number
  currency: string
}

/** Gross, refunds and net of a place; `name` tells under which name the figures were reported. */
function sumsAt({ counts, place, currency }: Shown, name = (figure: string) => figure) {
  const [gross, refunds] = [counts.of(name('gross'), place), counts.of(name('refunds'), place)]
  return {
    gross: { amount: gross, currency },
    refunds: { amount: refunds, currency },
    net: { amount: gross - refunds, currency },
  }
}

function periodAt(shown: Shown, span: Span): object {
  const of = (figure: string) => shown.counts.of(figure, shown.place)
  const sums = sumsAt(shown)
  const per = (amount: number, people: number) =>
    people === 0 ? null : { amount: amount / people, currency: shown.currency }
  const [payers, purchases, activeUsers] = [of('payers'), of('purchases'), of('activeUsers')]
  return {
    from: span.fromText,
    to: span.toText,
    ...sums,
    payers,
    purchases,
    unconverted: of('unconverted'),
    activeUsers,
    arpu: per(sums.net.amount, activeUsers),
    arppu: per(sums.net.amount, payers),
    averagePurchase: per(sums.gross.amount, purchases),
    wapu: of('wapu'),
    repeatPayers: of('repeatPayers'),
    repeatRate: rate(of('repeatPayers'), payers),
  }
}

/** Each currency of the period, the one that brought most in the reporting currency first. */
function currenciesAt(view: View, counts: Counts, currencies: ReadonlySet<string>): object[] {
  const place = currentPlace
  const rows = [...currencies].map((currency) => {
    const of = (figure: string) => counts.of(inCurrency(figure, currency), place)
    const inReporting = { counts, place, currency: view.settings.currency }
    const reporting = sumsAt(inReporting, (figure) => inCurrency(`${figure} reporting`, currency))
    return {
      currency,
      payers: of('payers'),
      purchases: of('purchases'),
      ...sumsAt({ counts, place, currency }, (figure) => inCurrency(figure, currency)),
      reporting: { ...reporting, unconverted: of('unconverted') },
    }
  })
  return rows
    .filter(({ purchases, refunds }) => purchases > 0 || refunds.amount > 0)
    .sort((a, b) => b.reporting.gross.amount - a.reporting.gross.amount || (a.currency < b.currency ? -1 : 1))
}

interface Evaluated {
  plan: Compared
  counts: Counts
  currencies: ReadonlySet<string>
}

async function answerOf(view: View, params: Params, of: Evaluated): Promise<object> {
  const { plan, counts, currencies } = of
  const currency = params.currency ?? view.settings.currency
  const compares = await isRecordedBefore(view, plan.previous.to, params.includeStaff)
  const [everPaid, people] = [counts.of('everPaid', 0), counts.of('people', 0)]
  return {
    ...answered(view),
    current: periodAt({ counts, place: currentPlace, currency }, plan.current),
    previous: compares ? periodAt({ counts, place: previousPlace, currency }, plan.previous) : null,
    conversion: { everPaid, people, rate: rate(everPaid, people) },
    points: plan.points.map((point, index) => {
      const place = firstPoint + index
      const people = { payers: counts.of('payers', place), purchases: counts.of('purchases', place) }
      return {
        ...headingOf(point),
        ...sumsAt({ counts, place, currency }),
        ...people,
        complete: point.complete,
      }
    }),
    byCurrency: currenciesAt(view, counts, currencies),
    subscriptions: subscriptionMonths(view, params, counts),
  }
}

/** Which figure and place a list is asked of. Throws `invalid_params` naming `start` where it does not fit the cell. */
function asked(
  view: View,
  plan: Compared,
  params: PeopleParams['revenue'],
): { figure: string; index: number } {
  const { cell, start } = params
  const among = (cells: readonly string[]) => cells.includes(cell)
  const fault = (message: string) => new AppError('invalid_params', message, { field: 'start' })
  if (among(revenueCells.month)) {
    if (start === undefined) throw fault('start names the month')
    return { figure: subscriptionFigure(cell), index: pointNamed(monthsOf(view, params), start) }
  }
  if (start === undefined) return { figure: cell, index: currentPlace }
  if (!among(revenueCells.period)) throw fault(`${cell} is not a figure of points`)
  return { figure: cell, index: firstPoint + pointNamed(plan.points, start) }
}

/**
 * Revenue of a range beside the same number of local days before it: gross (succeeded), refunds (dated at the refund), net,
 * payers, purchases, ARPU, ARPPU, WAPU, average purchase and repeat rate; conversion as of now; each currency by itself;
 * monthly recurring revenue with its movements. Counted from `payments`; what has no value in the currency of the answer
 * makes payers, but no money and no purchase.
 */
export const revenueStat: Stat<'revenue'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const counts = new Counts()
    const currencies = await evaluate(view, params, { plan, tally: counts })
    return answerOf(view, params, { plan, counts, currencies })
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const { figure, index } = asked(view, plan, params)
    const members = new Members((reported, place) => reported === figure && place === index)
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

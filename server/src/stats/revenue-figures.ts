import { type SQL, sql } from 'drizzle-orm'
import { peopleTable } from '../people/people-table.ts'
import { type Compared, comparedPlaces, spansOf, tallyActiveUsers } from './compared.ts'
import type { Audience } from './filters.ts'
import { reachOf } from './overview-figures.ts'
import { readPayments, reportingValue, valueIn } from './payment-rows.ts'
import type { StatParams } from './requests.ts'
import { distinctPeople, type Tally } from './tally.ts'
import type { View } from './view.ts'

type Params = StatParams['revenue']

interface Evaluation {
  plan: Compared
  params: Params
  audience: Audience
  tally: Tally
}

const wapuDays = 7

/** The 7 local days that end with a period. */
function weekUntil({ clock }: View, { from, to }: { from: number; to: number }) {
  return { from: clock.dayStart(clock.dayOf(Math.max(from, to - 1)) - wapuDays + 1), to }
}

/** Figures of one currency are reported under its code, so that an answer can show each beside the total. */
export const inCurrency = (figure: string, currency: string) => `${figure} ${currency}`

/** Reports the payments of the two periods and of the points, in the currency of the answer and in their own. */
async function tallyMoney(view: View, { plan, params, audience, tally }: Evaluation): Promise<Set<string>> {
  const places = comparedPlaces(view, plan)
  const people = distinctPeople(tally)
  const worthOf = valueIn(view, params.currency)
  const weeks = spansOf(plan).map(([place, span]) => ({ place, ...weekUntil(view, span) }))
  const reach = reachOf(plan)
  const range = { from: Math.min(reach.from, ...weeks.map(({ from }) => from)), to: reach.to }
  const currencies = new Set<string>()
  for (const payment of await readPayments(view, { includeStaff: params.includeStaff, range })) {
    const { uid, currency, amount, succeededAt, refundedAt } = payment
    if (!audience.has(uid) || (params.currency !== undefined && currency !== params.currency)) continue
    const value = worthOf(payment)
    const reporting = reportingValue(payment, view.settings)
    const add = (figure: string, place: number) => {
      if (value !== null) tally.add(figure, place, uid, value)
      if (reporting !== null) tally.add(inCurrency(`${figure} reporting`, currency), place, uid, reporting)
      tally.add(inCurrency(figure, currency), place, uid, amount)
    }
    for (const place of succeededAt === null ? [] : places(succeededAt)) {
      currencies.add(currency)
      people.add('payers', place, uid)
      people.add(inCurrency('payers', currency), place, uid)
      tally.add(value === null ? 'unconverted' : 'purchases', place, uid)
      tally.add(inCurrency('purchases', currency), place, uid)
      if (reporting === null) tally.add(inCurrency('unconverted', currency), place, uid)
      add('gross', place)
    }
    for (const place of refundedAt === null ? [] : places(refundedAt)) {
      currencies.add(currency)
      add('refunds', place)
    }
    for (const { place, from, to } of weeks)
      if (succeededAt !== null && succeededAt >= from && succeededAt < to) people.add('wapu', place, uid)
  }
  return currencies
}

function ofCurrency({ currency }: Params): SQL {
  return currency === undefined ? sql`` : sql`and currency = ${currency}`
}

/** Reports as `repeatPayers` the payers of each period who have two or more purchases up to its end. */
async function tallyRepeat(view: View, { plan, params, audience, tally }: Evaluation): Promise<void> {
  const { payments } = view.db.t
  for (const [place, { from, to }] of spansOf(plan)) {
    const rows = await view.db.all<{ uid: number }>(sql`
      select uid from ${payments} where succeeded_at < ${to} ${ofCurrency(params)}
      group by uid having count(*) >= 2 and max(succeeded_at) >= ${from}`)
    for (const { uid } of rows) if (audience.has(uid)) tally.add('repeatPayers', place, uid)
  }
}

/** Who has ever paid in the currency asked for; null where any will do, which people's attributes tell. */
async function payersEver(view: View, { params }: Evaluation): Promise<Set<number> | null> {
  if (params.currency === undefined) return null
  const { payments } = view.db.t
  const rows = await view.db.all<{ uid: number }>(sql`
    select distinct uid from ${payments} where succeeded_at is not null ${ofCurrency(params)}`)
  return new Set(rows.map(({ uid }) => uid))
}

/** Reports everybody as `people` and who has ever paid as `everPaid`, as of now; both at one place. */
async function tallyConversion(view: View, evaluation: Evaluation): Promise<void> {
  const { audience, tally } = evaluation
  const people = await peopleTable(view, ['purchases'])
  const purchases = people.numbers('purchases')
  const payers = await payersEver(view, evaluation)
  for (let uid = 0; uid < people.people; uid++) {
    const count = purchases.numberOf(uid)
    // Of a number that nobody has, nothing is known.
    if (Number.isNaN(count) || !audience.has(uid)) continue
    tally.add('people', 0, uid)
    if (payers ? payers.has(uid) : count > 0) tally.add('everPaid', 0, uid)
  }
}

/**
 * Reports every figure of the periods and points of revenue, and of everybody as of now.
 * @returns the currencies of the payments met
 */
export async function tallyRevenue(view: View, evaluation: Evaluation): Promise<Set<string>> {
  await tallyActiveUsers(view, evaluation.plan, evaluation)
  await tallyRepeat(view, evaluation)
  await tallyConversion(view, evaluation)
  return tallyMoney(view, evaluation)
}

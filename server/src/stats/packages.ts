import { AppError } from '@botdeck/shared/contract/errors'
import { convert } from '@botdeck/shared/domain/money'
import { rate } from '@botdeck/shared/domain/numbers'
import type { Range } from '@botdeck/shared/domain/range'
import { asc, desc } from 'drizzle-orm'
import { audienceOf } from './audience.ts'
import { type Audience, refuseEventConditions } from './filters.ts'
import { type PaymentRow, readPayments, reportingValue } from './payment-rows.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['packages']

const totalPlace = 0

interface Offer {
  id: string
  titles: { en: string; ru: string }
  credits: number | null
  amount: number | null
  currency: string | null
  active: boolean
}

/** What is sold comes first, in the order of the store. */
function offersOf({ db }: View): Promise<Offer[]> {
  const { packages } = db.t
  return db.orm
    .select()
    .from(packages)
    .orderBy(desc(packages.active), asc(packages.position), asc(packages.id))
}

/** What a row is worth in the currency of the answer; null where it is in none of that currency's figures. */
function valueIn(view: View, { currency }: Params): (row: PaymentRow) => number | null {
  if (currency !== undefined) return (row) => (row.currency === currency ? row.amount : null)
  const { settings } = view
  return (row) =>
    row.succeededAt === null ? convert(row, settings.currency, settings.rates) : reportingValue(row, settings)
}

/** Whether a payment was made before another; of two at one instant the charge decides, not the order of arrival. */
function isBefore(a: PaymentRow, b: PaymentRow): boolean {
  const earlier = (a.succeededAt ?? 0) - (b.succeededAt ?? 0)
  return earlier < 0 || (earlier === 0 && (a.chargeId ?? '') < (b.chargeId ?? ''))
}

/** Each person's first payment ever, refunded or not, in whatever currency. */
function firstPayments(rows: readonly PaymentRow[]): Set<number> {
  const first = new Map<number, PaymentRow>()
  for (const row of rows) {
    if (row.succeededAt === null) continue
    const known = first.get(row.uid)
    if (!known || isBefore(row, known)) first.set(row.uid, row)
  }
  return new Set([...first.values()].map(({ id }) => id))
}

interface Sale {
  row: PaymentRow
  value: number
  /** Whether it is its person's first payment ever. */
  first: boolean
  range: Range
}

/** Reports one row for the figures that it counts in. */
function reportSale(
  { row, value, first, range }: Sale,
  add: (figure: string, amount?: number) => void,
): void {
  const within = (at: number | null) => at !== null && at >= range.from && at < range.to
  if (within(row.invoicedAt)) add('invoices')
  if (within(row.invoicedAt) && row.succeededAt !== null) add('paidInvoices')
  if (within(row.succeededAt)) {
    add('purchases')
    add('gross', value)
    if (first) add('firstTimeBuyers')
  }
  if (within(row.refundedAt)) add('refunds', value)
}

/** Reports everybody at the total and at the place of each package. Distinct buyers are reported once a place. */
async function evaluate(
  view: View,
  params: Params,
  to: { audience: Audience; tally: Tally },
): Promise<Offer[]> {
  const { audience, tally } = to
  const range = rangeOf(view, params)
  const offers = await offersOf(view)
  const placeOf = new Map(offers.map((offer, index) => [offer.id, index + 1]))
  const rows = await readPayments(view, { includeStaff: params.includeStaff })
  const firsts = firstPayments(rows)
  const worthOf = valueIn(view, params)
  const buyers = new Set<string>()
  for (const row of rows) {
    const value = audience.has(row.uid) ? worthOf(row) : null
    if (value === null) continue
    const places = [totalPlace, placeOf.get(row.packageId) ?? totalPlace]
    const sale = { row, value, first: firsts.has(row.id), range }
    for (const place of places)
      reportSale(sale, (figure, amount) => {
        tally.add(figure, place, row.uid, amount)
        const buyer = `${place} ${row.uid}`
        if (figure !== 'purchases' || buyers.has(buyer)) return
        buyers.add(buyer)
        tally.add('buyers', place, row.uid)
      })
  }
  return offers
}

function salesAt(counts: Counts, place: number, currency: string) {
  const of = (figure: string) => counts.of(figure, place)
  return {
    invoices: of('invoices'),
    purchases: of('purchases'),
    purchaseRate: rate(of('paidInvoices'), of('invoices')),
    buyers: of('buyers'),
    firstTimeBuyers: of('firstTimeBuyers'),
    gross: { amount: of('gross'), currency },
    refunds: { amount: of('refunds'), currency },
    net: { amount: of('gross') - of('refunds'), currency },
  }
}

function answerOf(view: View, params: Params, of: { offers: Offer[]; counts: Counts }): object {
  const { offers, counts } = of
  const currency = params.currency ?? view.settings.currency
  const total = salesAt(counts, totalPlace, currency)
  const packages = offers.map((offer, index) => {
    const { id: packageId, titles, credits, amount } = offer
    const sales = salesAt(counts, index + 1, currency)
    const price = amount === null ? null : { amount, currency: offer.currency ?? currency }
    const share = total.net.amount > 0 ? sales.net.amount / total.net.amount : null
    return { offer, sales: { packageId, name: titles.en, names: titles, credits, price, ...sales, share } }
  })
  const shown = packages.filter(
    ({ offer, sales }) =>
      offer.active || sales.invoices > 0 || sales.purchases > 0 || sales.refunds.amount > 0,
  )
  return { ...answered(view), packages: shown.map(({ sales }) => sales), total }
}

async function audienceFor(view: View, params: Params): Promise<Audience> {
  refuseEventConditions(params)
  return audienceOf(view, params)
}

/**
 * What sells, per package: invoices of the range and the share of them that was paid (whenever), purchases, distinct
 * buyers, buyers whose first purchase ever it was, gross, refunds at the time of the refund, net, share of net. A payment
 * that has no value in the currency of the answer is in none of its figures. Counted from `payments`.
 */
export const packagesStat: Stat<'packages'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const offers = await evaluate(view, params, { audience: await audienceFor(view, params), tally: counts })
    return answerOf(view, params, { offers, counts })
  },
  async people(view, params) {
    const { cell, packageId } = params
    const place =
      packageId === undefined
        ? totalPlace
        : (await offersOf(view)).findIndex(({ id }) => id === packageId) + 1
    if (packageId !== undefined && place === totalPlace)
      throw new AppError('invalid_params', 'no such package', { field: 'packageId' })
    const members = new Members((figure, index) => figure === cell && index === place)
    await evaluate(view, params, { audience: await audienceFor(view, params), tally: members })
    return members.uids
  },
}

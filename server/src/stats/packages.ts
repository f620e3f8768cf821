import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import { asc } from 'drizzle-orm'
import { audienceOf, refuseEventConditions } from './audience.ts'
import { tallySales, totalPlace } from './packages-figures.ts'
import { readPayments } from './payment-rows.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['packages']

/** The catalogue in its order; the place of a package in tallies follows that of the total. */
function readPackages({ db }: View) {
  const { packages } = db.t
  return db.orm.select().from(packages).orderBy(asc(packages.position), asc(packages.id))
}
type Package = Awaited<ReturnType<typeof readPackages>>[number]

function placesOf(packages: readonly Package[]): Map<string, number> {
  return new Map(packages.map(({ id }, index) => [id, totalPlace + 1 + index]))
}

async function evaluate(
  view: View,
  params: Params,
  to: { packages: readonly Package[]; tally: Tally },
): Promise<void> {
  refuseEventConditions(params)
  const range = rangeOf(view, params)
  const audience = await audienceOf(view, params)
  // All payments ever, as one before the range tells that a purchase in it is not the person's first.
  const payments = await readPayments(view, { includeStaff: params.includeStaff })
  const counted = payments.filter(({ uid }) => audience.has(uid))
  const placeOf = placesOf(to.packages)
  tallySales(view, counted, { range, currency: params.currency ?? null, placeOf, tally: to.tally })
}

function salesAt(counts: Counts, place: number, currency: string) {
  const of = (figure: string) => counts.of(figure, place)
  const money = (amount: number) => ({ amount, currency })
  return {
    invoices: of('invoices'),
    purchases: of('purchases'),
    purchaseRate: rate(of('paid'), of('invoices')),
    buyers: of('buyers'),
    firstTimeBuyers: of('firstTimeBuyers'),
    gross: money(of('gross')),
    refunds: money(of('refundedAmount')),
    net: money(of('gross') - of('refundedAmount')),
  }
}

function answerOf(
  view: View,
  packages: readonly Package[],
  of: { counts: Counts; currency: string },
): object {
  const { counts, currency } = of
  const total = salesAt(counts, totalPlace, currency)
  const rows = packages.map((item, index) => {
    const place = totalPlace + 1 + index
    const sales = salesAt(counts, place, currency)
    const known = item.amount !== null && item.currency !== null
    return {
      shown:
        item.active || ['invoices', 'purchases', 'refunds'].some((figure) => counts.of(figure, place) > 0),
      row: {
        packageId: item.id,
        name: item.titles.en,
        credits: item.credits,
        price: known ? { amount: item.amount, currency: item.currency } : null,
        ...sales,
        share: total.net.amount > 0 ? sales.net.amount / total.net.amount : null,
      },
    }
  })
  return { ...answered(view), packages: rows.filter(({ shown }) => shown).map(({ row }) => row), total }
}

function placeAsked(packages: readonly Package[], { packageId }: PeopleParams['packages']): number {
  if (packageId === undefined) return totalPlace
  const place = placesOf(packages).get(packageId)
  if (place === undefined) throw new AppError('invalid_params', 'no such package', { field: 'packageId' })
  return place
}

/**
 * What sells, per package: active ones, and those with any figure in the range. Without `currency` money is the value in
 * the reporting currency, and what was paid without a rate is left out; with it that currency alone, unconverted.
 */
export const packagesStat: Stat<'packages'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const packages = await readPackages(view)
    const counts = new Counts()
    await evaluate(view, params, { packages, tally: counts })
    return answerOf(view, packages, { counts, currency: params.currency ?? view.settings.currency })
  },
  async people(view, params) {
    const packages = await readPackages(view)
    const asked = placeAsked(packages, params)
    const members = new Members((figure, place) => figure === params.cell && place === asked)
    await evaluate(view, params, { packages, tally: members })
    return members.uids
  },
}

import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import { invoiceLifeMs } from '@botdeck/shared/domain/payment-state'
import { asc } from 'drizzle-orm'
import { audienceOf } from './audience.ts'
import { type Compared, comparedPlaces, comparedRange, isRecordedBefore } from './compared.ts'
import { refuseEventConditions } from './filters.ts'
import { currentPlace, firstPoint, previousPlace, reachOf } from './overview-figures.ts'
import type { Span } from './overview-spans.ts'
import { type PaymentRow, readPayments } from './payment-rows.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, distinctPeople, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['payments']

/** The row of the total; methods follow it. */
const totalRow = 0

interface Plan extends Compared {
  methods: string[]
}

async function planOf(view: View, params: Params): Promise<Plan> {
  refuseEventConditions(params)
  const { payments } = view.db.t
  const { method } = payments
  const rows = await view.db.orm.selectDistinct({ method }).from(payments).orderBy(asc(method))
  return { ...comparedRange(view, rangeOf(view, params)), methods: rows.map((row) => row.method) }
}

/** Figures are tallied by period and row. */
const indexOf = (plan: Plan, place: number, row: number) => place * (plan.methods.length + 1) + row

const failure = (reason: string) => `failed: ${reason}`
const unknownReason = 'unknown'

/** What a payment counts as, by where it stands, and when. An invoice expires by itself, whether or not a job saw it. */
function statesOf(payment: PaymentRow, asOf: number): { figure: string; at: number | null }[] {
  const { status, invoicedAt, failedAt, cancelledAt, succeededAt, refundedAt } = payment
  const expiresAt = invoicedAt === null ? null : invoicedAt + invoiceLifeMs
  switch (status) {
    case 'succeeded':
      return [{ figure: 'succeeded', at: succeededAt }]
    case 'refunded':
      return [
        { figure: 'succeeded', at: succeededAt },
        { figure: 'refunds', at: refundedAt },
      ]
    case 'failed':
      return [{ figure: 'failed', at: failedAt }]
    case 'cancelled':
      return [{ figure: 'cancelled', at: cancelledAt }]
    default:
      return expiresAt === null || expiresAt > asOf ? [] : [{ figure: 'expired', at: expiresAt }]
  }
}

const attempts = ['succeeded', 'failed', 'cancelled']

async function evaluate(view: View, params: Params, to: { plan: Plan; tally: Tally }): Promise<void> {
  const { plan, tally } = to
  const audience = await audienceOf(view, params)
  const places = comparedPlaces(view, plan)
  const people = distinctPeople(tally)
  const reach = reachOf(plan)
  const range = { from: reach.from - invoiceLifeMs, to: reach.to }
  const query = { includeStaff: params.includeStaff, range, withUnpaid: true }
  for (const payment of await readPayments(view, query)) {
    const { uid, method, reason } = payment
    if (!audience.has(uid)) continue
    for (const { figure, at } of statesOf(payment, view.asOf))
      for (const place of at === null ? [] : places(at).filter((each) => each < firstPoint))
        for (const row of [totalRow, plan.methods.indexOf(method) + 1]) {
          const index = indexOf(plan, place, row)
          tally.add(figure, index, uid)
          if (figure === 'failed') tally.add(failure(reason ?? unknownReason), index, uid)
          if (!attempts.includes(figure)) continue
          tally.add('attempts', index, uid)
          people.add('people', index, uid)
        }
  }
}

function figuresAt(counts: Counts, index: number) {
  const of = (figure: string) => counts.of(figure, index)
  const reasons = counts.figuresAt(index).flatMap((figure) => {
    const reason = figure.startsWith(failure('')) ? figure.slice(failure('').length) : null
    return reason === null ? [] : [{ reason, payments: of(figure) }]
  })
  return {
    attempts: of('attempts'),
    succeeded: of('succeeded'),
    failed: of('failed'),
    cancelled: of('cancelled'),
    successRate: rate(of('succeeded'), of('attempts')),
    failures: reasons.sort((a, b) => b.payments - a.payments || (a.reason < b.reason ? -1 : 1)),
    refunds: of('refunds'),
    expired: of('expired'),
    people: of('people'),
  }
}

function periodAt(plan: Plan, counts: Counts, { place, span }: { place: number; span: Span }) {
  const methods = plan.methods
    .map((method, index) => ({ method, ...figuresAt(counts, indexOf(plan, place, index + 1)) }))
    .filter(({ attempts, refunds, expired }) => attempts + refunds + expired > 0)
    .sort((a, b) => b.attempts - a.attempts || (a.method < b.method ? -1 : 1))
  const total = figuresAt(counts, indexOf(plan, place, totalRow))
  return { from: span.fromText, to: span.toText, methods, total }
}

/** The figure and the row that a list is asked of. Throws `invalid_params` that names what does not fit. */
function asked(plan: Plan, { cell, method, reason }: PeopleParams['payments']) {
  const row = method === undefined ? totalRow : plan.methods.indexOf(method) + 1
  if (method !== undefined && row === totalRow)
    throw new AppError('invalid_params', 'nobody paid or tried by this method', { field: 'method' })
  if (reason !== undefined && cell !== 'failed')
    throw new AppError('invalid_params', 'only failed payments have a reason', { field: 'reason' })
  return { figure: reason === undefined ? cell : failure(reason), index: indexOf(plan, currentPlace, row) }
}

/**
 * Payments per method beside the same number of local days before: attempts (succeeded + failed + cancelled), success rate,
 * failures by reason, refunds, and invoices that expired. A payment is counted by where it stands, at the instant of that
 * state; a refunded one has succeeded as well.
 */
export const paymentsStat: Stat<'payments'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = await planOf(view, params)
    const counts = new Counts()
    await evaluate(view, params, { plan, tally: counts })
    const { current, previous } = plan
    const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
    return {
      ...answered(view),
      current: periodAt(plan, counts, { place: currentPlace, span: current }),
      previous: compares ? periodAt(plan, counts, { place: previousPlace, span: previous }) : null,
    }
  },
  async people(view, params) {
    const plan = await planOf(view, params)
    const { figure, index } = asked(plan, params)
    const members = new Members((reported, place) => reported === figure && place === index)
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

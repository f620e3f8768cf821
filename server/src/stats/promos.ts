import { AppError } from '@botdeck/shared/contract/errors'
import { valueNumber, valueText } from '@botdeck/shared/domain/conditions'
import { isRedeemed } from '@botdeck/shared/domain/promos'
import { forEachRecord } from '../events/each-record.ts'
import { audienceOf } from './audience.ts'
import { type Compared, comparedPlaces, comparedRange, isRecordedBefore } from './compared.ts'
import { type Audience, conditionsOn } from './filters.ts'
import { currentPlace, firstPoint, previousPlace, reachOf } from './overview-figures.ts'
import type { Span } from './overview-spans.ts'
import { readPayments } from './payment-rows.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import { Rows, totalRow } from './rows.ts'
import type { Stat } from './stat.ts'
import { Counts, distinctPeople, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['promos']

const mostCodes = 500
const paidWithinMs = 30 * 86_400_000
const refusal = (reason: string) => `refused: ${reason}`
const indexOf = (row: number, place: number) => row * firstPoint + place

interface Run {
  plan: Compared
  params: Params
  audience: Audience
  rows: Rows
  tally: Tally
}

/** When each counted person paid, in ms. */
async function paidTimes(view: View, { plan, params }: Run): Promise<Map<number, number[]>> {
  const reach = reachOf(plan)
  const range = { from: reach.from, to: reach.to + paidWithinMs }
  const times = new Map<number, number[]>()
  for (const { uid, succeededAt } of await readPayments(view, { includeStaff: params.includeStaff, range })) {
    if (succeededAt === null) continue
    const known = times.get(uid)
    if (known) known.push(succeededAt)
    else times.set(uid, [succeededAt])
  }
  return times
}

/** Reports every entry of a code in each period, at the total and at the row of the code. */
async function evaluate(view: View, run: Run): Promise<void> {
  const { plan, params, audience, rows, tally } = run
  const people = distinctPeople(tally)
  const places = comparedPlaces(view, plan)
  const payments = await paidTimes(view, run)
  const where = conditionsOn('event', params.where)
  const query = { steps: [{ event: 'promo_entered' }], where, ...reachOf(plan), audience }
  const properties = ['code', 'result', 'credits'] as const
  const visit: Parameters<typeof forEachRecord<(typeof properties)[number]>>[2]['visit'] = (entry) => {
    const { uid, at } = entry
    const result = valueText(entry.value('result')) ?? ''
    const credits = Math.max(0, valueNumber(entry.value('credits')) ?? 0)
    const redeemed = isRedeemed(result, credits)
    const paid = payments.get(uid)?.some((time) => time >= at && time <= at + paidWithinMs) ?? false
    const own = rows.of(valueText(entry.value('code')) ?? '')
    for (const place of places(at).filter((each) => each < firstPoint))
      for (const index of [indexOf(totalRow, place), indexOf(own, place)]) {
        tally.add('entered', index, uid)
        people.add('people', index, uid)
        tally.add(redeemed ? 'redeemed' : 'refusals', index, uid)
        if (!redeemed) tally.add(refusal(result), index, uid)
        else {
          tally.add('credits', index, uid, credits)
          people.add('redeemers', index, uid)
          if (paid) people.add('paid', index, uid)
        }
      }
  }
  await forEachRecord(view, query, { properties, visit })
}

function figuresAt(counts: Counts, index: number) {
  const of = (figure: string) => counts.of(figure, index)
  const reasons = counts
    .figuresAt(index)
    .filter((figure) => figure.startsWith(refusal('')))
    .map((figure) => ({ reason: figure.slice(refusal('').length), entries: of(figure) }))
  return {
    entered: of('entered'),
    redeemed: of('redeemed'),
    people: of('people'),
    redeemers: of('redeemers'),
    credits: of('credits'),
    refusals: reasons.sort((a, b) => b.entries - a.entries || (a.reason < b.reason ? -1 : 1)),
    paid: of('paid'),
  }
}

function periodAt({ rows }: Run, counts: Counts, { place, span }: { place: number; span: Span }) {
  const codes = [...rows.entries()]
    .map(([code, row]) => ({ code, ...figuresAt(counts, indexOf(row, place)) }))
    .filter(({ entered }) => entered > 0)
    .sort((a, b) => b.redeemed - a.redeemed || b.entered - a.entered || (a.code < b.code ? -1 : 1))
  const total = figuresAt(counts, indexOf(totalRow, place))
  return { from: span.fromText, to: span.toText, codes: codes.slice(0, mostCodes), total }
}

async function runOf(view: View, params: Params, tally: Tally): Promise<Run> {
  const plan = comparedRange(view, rangeOf(view, params))
  return { plan, params, audience: await audienceOf(view, params), rows: new Rows(), tally }
}

function figureAsked({ cell, reason }: PeopleParams['promos']): string {
  if (reason === undefined) return cell
  if (cell === 'refusals') return refusal(reason)
  throw new AppError('invalid_params', 'only refused entries have a reason', { field: 'reason' })
}

/**
 * Promo codes beside the same number of local days before: entries, redemptions, people, credits given, refusals by reason,
 * and who paid within 30 days after redeeming. Counted from `promo_entered` and from `payments`.
 */
export const promosStat: Stat<'promos'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const run = await runOf(view, params, counts)
    await evaluate(view, run)
    const { current, previous } = run.plan
    const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
    return {
      ...answered(view),
      current: periodAt(run, counts, { place: currentPlace, span: current }),
      previous: compares ? periodAt(run, counts, { place: previousPlace, span: previous }) : null,
    }
  },
  async people(view, params) {
    const wanted = figureAsked(params)
    const members = new Members(
      (figure, index) => figure === wanted && index === indexOf(run.rows.asked(params.code), currentPlace),
    )
    const run = await runOf(view, params, members)
    await evaluate(view, run)
    return members.uids
  },
}

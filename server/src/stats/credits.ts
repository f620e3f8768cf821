import { AppError } from '@botdeck/shared/contract/errors'
import { valueNumber, valueText } from '@botdeck/shared/domain/conditions'
import { type CreditFlow, creditFlowOf } from '@botdeck/shared/domain/credit-flow'
import { sql } from 'drizzle-orm'
import { forEachRecord } from '../events/each-record.ts'
import { audienceOf } from './audience.ts'
import { type Compared, comparedPlaces, comparedRange, isRecordedBefore } from './compared.ts'
import { type Audience, conditionsOn } from './filters.ts'
import { currentPlace, firstPoint, previousPlace, reachOf } from './overview-figures.ts'
import type { Span } from './overview-spans.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, distinctPeople, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['credits']

interface Run {
  plan: Compared
  params: Params
  audience: Audience
  tally: Tally
}

const flows: readonly CreditFlow[] = ['granted', 'spent', 'returned', 'revoked']
const grant = (reason: string) => `granted: ${reason}`
const grantPeople = (reason: string) => `people of ${reason}`

/** Reports every change of credits in the periods and points. */
async function tallyFlows(view: View, { plan, params, audience, tally }: Run): Promise<void> {
  const people = distinctPeople(tally)
  const places = comparedPlaces(view, plan)
  const where = conditionsOn('event', params.where)
  const query = { steps: [{ event: 'credits_changed' }], where, ...reachOf(plan), audience }
  await forEachRecord(view, query, {
    properties: ['reason', 'delta'],
    visit(change) {
      const { uid, at } = change
      const delta = valueNumber(change.value('delta')) ?? 0
      const reason = valueText(change.value('reason')) ?? ''
      const flow = creditFlowOf(delta, reason)
      if (flow === null) return
      for (const place of places(at)) {
        tally.add(flow, place, uid, Math.abs(delta))
        if (flow === 'spent') people.add('spenders', place, uid)
        if (flow !== 'granted') continue
        tally.add(grant(reason), place, uid, delta)
        people.add(grantPeople(reason), place, uid)
      }
    },
  })
}

/** Reports what everybody holds now, as known from the ledger or from their sender. */
async function tallyOutstanding(view: View, { audience, tally }: Run): Promise<void> {
  const { users } = view.db.t
  const rows = await view.db.all<{ uid: number; credits: number }>(
    sql`select uid, credits from ${users} where credits > 0`,
  )
  for (const { uid, credits } of rows)
    if (audience.has(uid)) {
      tally.add('outstanding', currentPlace, uid)
      tally.add('held', currentPlace, uid, credits)
    }
}

async function evaluate(view: View, run: Run): Promise<void> {
  await tallyOutstanding(view, run)
  await tallyFlows(view, run)
}

function flowsAt(counts: Counts, place: number) {
  return {
    granted: counts.of('granted', place),
    spent: counts.of('spent', place),
    returned: counts.of('returned', place),
    revoked: counts.of('revoked', place),
  }
}

function periodAt(counts: Counts, place: number, span: Span): object {
  const grants = counts
    .figuresAt(place)
    .filter((figure) => figure.startsWith(grant('')))
    .map((figure) => {
      const reason = figure.slice(grant('').length)
      return { reason, credits: counts.of(figure, place), people: counts.of(grantPeople(reason), place) }
    })
    .sort((a, b) => b.credits - a.credits || (a.reason < b.reason ? -1 : 1))
  const spenders = counts.of('spenders', place)
  return { from: span.fromText, to: span.toText, ...flowsAt(counts, place), grants, spenders }
}

async function runOf(view: View, params: Params, tally: Tally): Promise<Run> {
  const plan = comparedRange(view, rangeOf(view, params), params.interval)
  return { plan, params, audience: await audienceOf(view, params), tally }
}

/** The figure and place that a list is asked of. Throws `invalid_params` that names what does not fit the cell. */
function asked({ points }: Compared, { cell, reason, start }: PeopleParams['credits']) {
  if (reason !== undefined && cell !== 'granted')
    throw new AppError('invalid_params', 'only what was granted has a reason', { field: 'reason' })
  const figure = reason === undefined ? cell : grant(reason)
  if (start === undefined) return { figure, place: currentPlace }
  if (!flows.some((flow) => flow === cell))
    throw new AppError('invalid_params', `${cell} is not a figure of points`, { field: 'start' })
  return { figure, place: firstPoint + pointNamed(points, start) }
}

/**
 * Credits beside the same number of local days before: granted by reason, spent, given back for what failed, taken back with
 * refunds; and what people hold as of now. Counted from `credits_changed`, which the ledger writes with each entry, so that
 * our own credits and those of other senders count alike.
 */
export const creditsStat: Stat<'credits'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const run = await runOf(view, params, counts)
    await evaluate(view, run)
    const { current, previous, points } = run.plan
    const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
    return {
      ...answered(view),
      current: periodAt(counts, currentPlace, current),
      previous: compares ? periodAt(counts, previousPlace, previous) : null,
      outstanding: {
        credits: counts.of('held', currentPlace),
        people: counts.of('outstanding', currentPlace),
      },
      points: points.map((point, index) => ({
        ...headingOf(point),
        ...flowsAt(counts, firstPoint + index),
        complete: point.complete,
      })),
    }
  },
  async people(view, params) {
    const members = new Members((figure, place) => figure === wanted.figure && place === wanted.place)
    const run = await runOf(view, params, members)
    const wanted = asked(run.plan, params)
    await evaluate(view, run)
    return members.uids
  },
}

import { rate } from '@botdeck/shared/domain/numbers'
import { audienceOf, refuseEventConditions } from './audience.ts'
import { type Compared, comparedRange, isRecordedBefore } from './compared.ts'
import { netByPerson } from './net-by-person.ts'
import { type PersonRow, readPeople } from './people-rows.ts'
import { activeDaysOf } from './person-rows.ts'
import type { StatParams } from './requests.ts'
import { Rows, totalRow } from './rows.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['sources']
type Touch = 'first' | 'last'

const touches = ['first', 'last'] as const
/** What people are called who came without a source. */
const direct = 'direct'
/** Days after the first activity. */
const returnDay = 7

function planOf(view: View, params: Params): Compared {
  refuseEventConditions(params)
  return comparedRange(view, rangeOf(view, params))
}

const figureOf = (touch: Touch, figure: string) => `${touch} ${figure}`
const sourceOf = ({ source, lastSource }: PersonRow, touch: Touch) =>
  (touch === 'first' ? source : lastSource) ?? direct

interface Run {
  plan: Compared
  rows: Record<Touch, Rows>
  tally: Tally
}

/** Tells what a person counts as, beside being one of their source. */
async function figuresOf(view: View, params: Params) {
  const audience = await audienceOf(view, params)
  const net = await netByPerson(view, params.includeStaff)
  const { clock } = view
  const activeDays = await activeDaysOf(view, audience)
  const figures = (person: PersonRow): [figure: string, amount?: number][] => {
    const { uid, generations, purchases, firstActiveAt } = person
    const back = firstActiveAt === null ? null : clock.dayOf(firstActiveAt) + returnDay
    const elapsed = back !== null && clock.dayStart(back + 1) <= view.asOf
    return [
      ['users'],
      ...(generations > 0 ? [['activated'] as [string]] : []),
      ...(purchases > 0 ? [['payers'] as [string]] : []),
      ...(elapsed ? [['d7Size'] as [string]] : []),
      ...(elapsed && activeDays.get(uid)?.includes(back) ? [['d7'] as [string]] : []),
      ['net', net.get(uid) ?? 0],
    ]
  }
  return { people: await readPeople(view, audience), figures }
}

/** Reports everybody first seen in the range at the total and at the row of their source, of both touches. */
async function evaluate(view: View, params: Params, { plan, rows, tally }: Run): Promise<void> {
  const { current, previous } = plan
  const { people, figures } = await figuresOf(view, params)
  for (const person of people) {
    const seen = person.firstSeenAt ?? -1
    const places = touches.flatMap((touch) =>
      [totalRow, rows[touch].of(sourceOf(person, touch))].map((row) => ({ touch, row })),
    )
    if (seen >= previous.from && seen < previous.to)
      for (const { touch, row } of places) tally.add(figureOf(touch, 'previous'), row, person.uid)
    if (seen < current.from || seen >= current.to) continue
    for (const [figure, amount] of figures(person))
      for (const { touch, row } of places) tally.add(figureOf(touch, figure), row, person.uid, amount)
  }
}

function rowAt(counts: Counts, at: { touch: Touch; row: number; currency: string; compares: boolean }) {
  const of = (figure: string) => counts.of(figureOf(at.touch, figure), at.row)
  const users = of('users')
  return {
    users,
    activated: of('activated'),
    activationRate: rate(of('activated'), users),
    payers: of('payers'),
    payerRate: rate(of('payers'), users),
    net: { amount: of('net'), currency: at.currency },
    d7: { users: of('d7'), size: of('d7Size'), rate: rate(of('d7'), of('d7Size')) },
    previous: at.compares ? { users: of('previous') } : null,
  }
}

async function answerOf(view: View, params: Params, of: { run: Run; counts: Counts }): Promise<object> {
  const { run, counts } = of
  const { current, previous } = run.plan
  const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
  const shown = { currency: view.settings.currency, compares }
  const listed = (touch: Touch) =>
    [...run.rows[touch].entries()]
      .map(([source, row]) => ({ source, ...rowAt(counts, { touch, row, ...shown }) }))
      .filter(({ users, previous: before }) => users > 0 || (before?.users ?? 0) > 0)
      .sort((a, b) => b.users - a.users || (a.source < b.source ? -1 : 1))
  return {
    ...answered(view),
    current: { from: current.fromText, to: current.toText },
    previous: compares ? { from: previous.fromText, to: previous.toText } : null,
    first: listed('first'),
    last: listed('last'),
    total: rowAt(counts, { touch: 'first', row: totalRow, ...shown }),
  }
}

function runOf(plan: Compared, tally: Tally): Run {
  return { plan, tally, rows: { first: new Rows(), last: new Rows() } }
}

/**
 * Sources by the people whom they brought: first seen in the range, and of them who made a picture, who paid, what they
 * brought up to now, and who was active on the seventh day after their first activity.
 */
export const sourcesStat: Stat<'sources'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const run = runOf(planOf(view, params), counts)
    await evaluate(view, params, run)
    return answerOf(view, params, { run, counts })
  },
  async people(view, params) {
    const { cell, touch, source } = params
    const members = new Members(
      (figure, row) => figure === figureOf(touch, cell) && row === run.rows[touch].asked(source),
    )
    const run = runOf(planOf(view, params), members)
    await evaluate(view, params, run)
    return members.uids
  },
}

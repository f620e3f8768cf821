import { rate } from '@botdeck/shared/domain/numbers'
import { readActiveDays } from '../rollup/read-active-days.ts'
import { audienceOf } from './audience.ts'
import { type Compared, comparedRange, isRecordedBefore } from './compared.ts'
import { refuseEventConditions } from './filters.ts'
import { netByPerson } from './net-by-person.ts'
import type { Span } from './overview-spans.ts'
import { type PersonRow, readPeople } from './people-rows.ts'
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
const returnDays = 7

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

/** The local day on which a person's return would count; null where it has not ended, or they never acted. */
function returnDayOf({ clock, asOf }: View, { firstActiveAt }: PersonRow): number | null {
  const day = firstActiveAt === null ? null : clock.dayOf(firstActiveAt) + returnDays
  return day !== null && clock.dayStart(day + 1) <= asOf ? day : null
}

/** Who of some people was active on their own day of return. */
async function returnedOf(view: View, people: readonly PersonRow[]): Promise<Set<number>> {
  const dueOn = new Map(people.map((person) => [person.uid, returnDayOf(view, person)]))
  const days = [...dueOn.values()].flatMap((day) => day ?? [])
  const returned = new Set<number>()
  if (days.length === 0) return returned
  const first = days.reduce((least, day) => Math.min(least, day))
  for await (const { day, uids } of readActiveDays(view, { first, includeStaff: true }))
    for (const uid of uids) if (dueOn.get(uid) === day) returned.add(uid)
  return returned
}

/** Tells what a person counts as, and how much. */
async function figuresOf(view: View, params: Params, people: readonly PersonRow[]) {
  const net = await netByPerson(view, params.includeStaff)
  const returned = await returnedOf(view, people)
  return (person: PersonRow): [figure: string, amount: number][] => {
    const { uid, generations, purchases } = person
    const figures = {
      users: 1,
      activated: Number(generations > 0),
      payers: Number(purchases > 0),
      d7Size: Number(returnDayOf(view, person) !== null),
      d7: Number(returned.has(uid)),
      net: net.get(uid) ?? 0,
    }
    return Object.entries(figures).filter(([, amount]) => amount !== 0)
  }
}

/** Reports everybody first seen in the range at the total and at the row of their source, of both touches. */
async function evaluate(view: View, params: Params, { plan, rows, tally }: Run): Promise<void> {
  const { current, previous } = plan
  const seenIn =
    ({ from, to }: Span) =>
    ({ firstSeenAt }: PersonRow) =>
      firstSeenAt !== null && firstSeenAt >= from && firstSeenAt < to
  const everybody = await readPeople(view, await audienceOf(view, params))
  const people = everybody.filter(seenIn(current))
  const figures = await figuresOf(view, params, people)
  const report = (person: PersonRow, figure: string, amount: number) => {
    for (const touch of touches)
      for (const row of [totalRow, rows[touch].of(sourceOf(person, touch))])
        tally.add(figureOf(touch, figure), row, person.uid, amount)
  }
  for (const person of everybody.filter(seenIn(previous))) report(person, 'previous', 1)
  for (const person of people) for (const [figure, amount] of figures(person)) report(person, figure, amount)
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

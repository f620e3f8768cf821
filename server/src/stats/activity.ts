import type { Step } from '@botdeck/shared/domain/conditions'
import { rate } from '@botdeck/shared/domain/numbers'
import type { Period, Range } from '@botdeck/shared/domain/range'
import { and, between, lte, sql } from 'drizzle-orm'
import { forEachPerson } from '../events/scan.ts'
import { type Audience, audienceOf, conditionsOn, type Filters } from './audience.ts'
import { activeDaysOf, firstSeenOf, staffFilter } from './person-rows.ts'
import { headingOf, pointNamed, pointsOf } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type RangeTally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['activity']

const anyActivity: Step = { event: null }
/** Local days of the rolling windows. */
const windows = { wau: 7, mau: 30 } as const

interface Plan {
  range: Range
  points: Period[]
  /** Day number of each point: figures are tallied at the place of their day, counted from the first point's. */
  days: number[]
  firstDay: number
  /** Days from the first point to the last, those that the zone left out included. */
  length: number
  /** Whether the range cuts a day, so that who was active on which day does not tell who was active in the range. */
  cut: boolean
}

function planOf(view: View, params: Params): Plan {
  const range = rangeOf(view, params)
  const { points, cut } = pointsOf(view, range, 'day')
  const days = points.map(({ index }) => view.clock.firstDay(index, 'day'))
  const firstDay = days[0] ?? 0
  return { range, points, cut, days, firstDay, length: (days.at(-1) ?? firstDay - 1) - firstDay + 1 }
}

/** The days of a person's activity, ascending: all of them, and those on which they were active inside the range. */
interface PersonDays {
  days: readonly number[]
  inRange: readonly number[]
}

/** Reports a person at each point for the figures they are counted in. */
function report(
  uid: number,
  { days, inRange }: PersonDays,
  to: { firstDay: number; length: number; tally: RangeTally },
) {
  const { firstDay, length, tally } = to
  for (const day of inRange) {
    const index = day - firstDay
    if (index >= 0 && index < length) tally.add('dau', index, uid)
  }
  for (const [figure, window] of Object.entries(windows)) {
    // Windows that overlap are one stretch, so that nobody counts twice at a point.
    let open = 0
    for (const day of days) {
      const first = Math.max(open, day - firstDay)
      const end = Math.min(length, day - firstDay + window)
      if (first >= end) continue
      tally.addRange(figure, { first, end }, uid)
      open = end
    }
  }
}

async function forEachActive(
  view: View,
  { plan, filters, audience }: { plan: Plan; filters: Filters; audience: Audience },
  visit: (uid: number, days: PersonDays) => void,
): Promise<void> {
  const where = conditionsOn('event', filters.where)
  const { clock } = view
  const { range } = plan
  // The first point's widest window reaches back so far.
  const first = clock.dayOf(range.from) - windows.mau + 1
  const last = clock.dayOf(range.to - 1)
  if (!plan.cut && where.length === 0) {
    for (const [uid, days] of await activeDaysOf(view, audience, { first, last }))
      visit(uid, { days, inRange: days })
    return
  }
  const [from, to] = [clock.dayStart(first), clock.dayStart(last + 1)]
  const query = { steps: [anyActivity], where, from, to, audience, anyTieOrder: true }
  await forEachPerson(view, query, (person) => {
    const [days, inRange]: [number[], number[]] = [[], []]
    for (let index = person.start; index < person.end; index++) {
      // @NOTE The index lies inside.
      const at = person.at[index] as number
      const day = clock.dayOf(at)
      if (days.at(-1) !== day) days.push(day)
      if (at >= range.from && at < range.to && inRange.at(-1) !== day) inRange.push(day)
    }
    visit(person.uid, { days, inRange })
  })
}

async function evaluate(view: View, params: Params, to: { plan: Plan; tally: RangeTally }): Promise<void> {
  const { plan, tally } = to
  const { range, firstDay, length } = plan
  if (length === 0) return
  const audience = await audienceOf(view, params)
  await forEachActive(view, { plan, filters: params, audience }, (uid, days) =>
    report(uid, days, { firstDay, length, tally }),
  )
  for (const { uid, at } of await firstSeenOf(view, audience)) {
    const index = view.clock.dayOf(at) - firstDay
    if (at >= range.from && at < range.to && index < length) tally.add('newUsers', index, uid)
  }
}

/** The same counts from `day_cells`; those of the windows are running sums of the differences. */
async function readCells(view: View, plan: Plan, includeStaff: boolean | undefined): Promise<Counts> {
  const { dayCells: cells } = view.db.t
  const counts = new Counts()
  const { firstDay, length } = plan
  if (length === 0) return counts
  const lastDay = firstDay + length - 1
  const staff = staffFilter(view, 'dayCells', includeStaff)
  const sums = {
    dau: sql<number>`sum(${cells.active})`,
    newUsers: sql<number>`sum(${cells.newUsers})`,
    wau: sql<number>`sum(${cells.wauChange})`,
    mau: sql<number>`sum(${cells.mauChange})`,
  }
  const [before] = await view.db.orm
    .select(sums)
    .from(cells)
    .where(and(lte(cells.day, firstDay - 1), staff))
  const rows = await view.db.orm
    .select({ day: cells.day, ...sums })
    .from(cells)
    .where(and(between(cells.day, firstDay, lastDay), staff))
    .groupBy(cells.day)
  const byDay = new Map(rows.map((row) => [row.day, row]))
  let { wau, mau } = { wau: before?.wau ?? 0, mau: before?.mau ?? 0 }
  for (let index = 0; index < length; index++) {
    const row = byDay.get(firstDay + index)
    wau += row?.wau ?? 0
    mau += row?.mau ?? 0
    const figures = { dau: row?.dau ?? 0, newUsers: row?.newUsers ?? 0, wau, mau }
    for (const [figure, amount] of Object.entries(figures)) counts.add(figure, index, 0, amount)
  }
  return counts
}

function answerOf(view: View, { points, days, firstDay }: Plan, counts: Counts): object {
  return {
    ...answered(view),
    points: points.map((point, index) => {
      const of = (figure: string) => counts.of(figure, (days[index] ?? firstDay) - firstDay)
      const [dau, mau] = [of('dau'), of('mau')]
      const people = { dau, wau: of('wau'), mau, ratio: rate(dau, mau) }
      const newUsers = of('newUsers')
      return { ...headingOf(point), ...people, newUsers, complete: point.complete }
    }),
  }
}

/**
 * People active each local day: DAU, and WAU and MAU of the 7 and 30 local days that end with it. Without conditions from
 * `day_cells`; with conditions on people from `active_days`; with conditions on events, or where the range cuts a day,
 * from rows. A cut day counts in `dau` and `newUsers` what lies in the range; the windows are of whole days.
 */
export const activityStat: Stat<'activity'> = {
  async fromCells(view, params) {
    const plan = planOf(view, params)
    if (plan.cut || (params.where ?? []).length > 0) return null
    return answerOf(view, plan, await readCells(view, plan, params.includeStaff))
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const counts = new Counts()
    await evaluate(view, params, { plan, tally: counts })
    return answerOf(view, plan, counts)
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const asked = (plan.days[pointNamed(plan.points, params.start)] ?? plan.firstDay) - plan.firstDay
    const members = new Members((figure, index) => figure === params.cell && index === asked)
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

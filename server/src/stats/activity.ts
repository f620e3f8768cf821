import type { Step } from '@botdeck/shared/domain/conditions'
import { rate } from '@botdeck/shared/domain/numbers'
import { PeriodTable } from '@botdeck/shared/domain/period-table'
import type { Period, Range } from '@botdeck/shared/domain/range'
import { and, between, lte, sql } from 'drizzle-orm'
import { audienceMask } from '../events/marks.ts'
import { forEachUnordered } from '../events/unordered.ts'
import { peopleTable } from '../people/people-table.ts'
import { readActiveDays } from '../rollup/read-active-days.ts'
import { ActivePeople } from './active-people.ts'
import { audienceOf } from './audience.ts'
import { type Audience, conditionsOn, type Filters } from './filters.ts'
import { staffFilter } from './person-rows.ts'
import { headingOf, pointNamed, pointsOf } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type RangeTally, type Stretches } from './tally.ts'
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

/** Before every day that windows of a range reach back to. */
const never = -30_000

/** Reports people at the points whose windows of days hold a day on which they were active. */
class RollingWindows {
  readonly #wau: Stretches
  readonly #mau: Stretches
  readonly #length: number
  /** By uid the last day of activity: up to where its windows reach, the person is counted already. */
  readonly #last: Int16Array

  constructor({ people, length, tally }: { people: number; length: number; tally: RangeTally }) {
    this.#wau = tally.stretches('wau')
    this.#mau = tally.stretches('mau')
    this.#length = length
    this.#last = new Int16Array(people).fill(never)
  }

  /** Takes a day of people, counted from the first point's; the days of one person come in order. */
  takeDay(day: number, uids: Uint32Array): void {
    const last = this.#last
    const [wau, mau] = [this.#wau, this.#mau]
    const start = Math.max(0, day)
    const weekEnd = Math.min(this.#length, day + windows.wau)
    const monthEnd = Math.min(this.#length, day + windows.mau)
    for (let index = 0; index < uids.length; index++) {
      const uid = uids[index] ?? 0
      const before = last[uid] ?? never
      last[uid] = day
      const weekFirst = Math.max(start, before + windows.wau)
      if (weekFirst < weekEnd) wau.add(weekFirst, weekEnd, uid)
      const monthFirst = Math.max(start, before + windows.mau)
      if (monthFirst < monthEnd) mau.add(monthFirst, monthEnd, uid)
    }
  }
}

interface Asked {
  plan: Plan
  filters: Filters
  audience: Audience
  /** 1 for each uid who is counted. */
  mask: Uint8Array
}

/** The first point's widest window reaches back so far. */
function reachOf({ clock }: View, { range }: Plan): { first: number; last: number } {
  return { first: clock.dayOf(range.from) - windows.mau + 1, last: clock.dayOf(range.to - 1) }
}

/** Told of people active on a day, counted from the first point's, and whether they were so in the range. */
type DayVisit = (day: number, uids: Uint32Array, inRange: boolean) => void

/** From who was active on which day. */
async function readDays(view: View, { plan, filters, mask }: Asked, visit: DayVisit): Promise<void> {
  const { includeStaff } = filters
  let counted = new Uint32Array(0)
  for await (const { day, uids } of readActiveDays(view, { ...reachOf(view, plan), includeStaff })) {
    if (counted.length < uids.length) counted = new Uint32Array(uids.length * 2)
    let length = 0
    for (let index = 0; index < uids.length; index++) {
      const uid = uids[index] ?? 0
      // Without a branch, which would be guessed wrongly as often as rightly.
      counted[length] = uid
      length += mask[uid] ?? 0
    }
    visit(day - plan.firstDay, counted.subarray(0, length), true)
  }
}

/** Days whose people are remembered at a time: of a million people, 16 MB. */
const daysAtOnce = 128

/** From the events, where they must meet conditions or the range cuts a day. */
async function readEvents(view: View, asked: Asked, visit: DayVisit): Promise<void> {
  const { first, last } = reachOf(view, asked.plan)
  for (let from = first; from <= last; from += daysAtOnce)
    await readEventDays(view, { ...asked, first: from, last: Math.min(last, from + daysAtOnce - 1) }, visit)
}

/** Events come in no order: the people of each day are gathered, and told day by day afterwards. */
async function readEventDays(
  view: View,
  { plan, filters, audience, mask, first, last }: Asked & { first: number; last: number },
  visit: DayVisit,
): Promise<void> {
  const { clock } = view
  const { range, cut } = plan
  const days = dayTable(view, first, last)
  const seen = new ActivePeople(mask.length, days.length)
  // Where the range cuts a day, a person may have been active on it outside the range alone.
  const inside = cut ? new ActivePeople(mask.length, days.length) : seen
  const within = { from: clock.dayStart(first), to: clock.dayStart(last + 1) }
  const query = { steps: [anyActivity], where: filters.where, ...within, audience }
  await forEachUnordered(view, query, () => (uid, at) => {
    const place = days.placeOf(at)
    seen.add(uid, place)
    if (cut && at >= range.from && at < range.to) inside.add(uid, place)
  })
  for (let place = 0; place < days.length; place++) {
    const day = first + place - plan.firstDay
    visit(day, inside.of(place), true)
    if (cut) visit(day, seen.of(place, inside), false)
    seen.clear(place)
    inside.clear(place)
  }
}

/** The local days between two, both included. */
function dayTable({ clock }: View, first: number, last: number): PeriodTable {
  return new PeriodTable(
    Array.from({ length: last - first + 1 }, (_, index) => ({
      start: clock.dayStart(first + index),
      end: clock.dayStart(first + index + 1),
    })),
  )
}

/** Reports people on the day of the range on which they were first seen. */
async function tallyNewUsers(view: View, { plan, mask }: Asked, tally: RangeTally): Promise<void> {
  const { range, firstDay, length } = plan
  const firstSeenAt = (await peopleTable(view, ['firstSeenAt'])).numbers('firstSeenAt')
  const days = dayTable(view, firstDay, firstDay + length - 1)
  const newUsers = tally.stretches('newUsers')
  firstSeenAt.forEachWithin({ ...range, people: mask.length }, (uid, at) => {
    if (mask[uid] !== 1) return
    const place = days.placeOf(at)
    newUsers.add(place, place + 1, uid)
  })
}

async function evaluate(view: View, params: Params, to: { plan: Plan; tally: RangeTally }): Promise<void> {
  const { plan, tally } = to
  const { length } = plan
  if (length === 0) return
  const audience = await audienceOf(view, params)
  const { people } = await peopleTable(view)
  const asked = { plan, filters: params, audience, mask: audienceMask(audience, people) }
  const rolling = new RollingWindows({ people: asked.mask.length, length, tally })
  const read = plan.cut || conditionsOn('event', params.where).length > 0 ? readEvents : readDays
  await read(view, asked, (day, uids, inRange) => {
    if (inRange && day >= 0 && day < length) tally.addAll('dau', day, uids)
    rolling.takeDay(day, uids)
  })
  await tallyNewUsers(view, asked, tally)
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

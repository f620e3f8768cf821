import { findEventTypes } from '@botdeck/shared/actions/event-types'
import { quarterHour } from '@botdeck/shared/domain/calendar'
import { and, between, eq, gte, inArray, lt, lte, max, sql } from 'drizzle-orm'
import { readCohortCells } from './cohort-cells.ts'
import { netByDay, payersIn } from './money-cells.ts'
import {
  cohortsBeside,
  currentPlace,
  firstPoint,
  placesOf,
  poolRetention,
  previousPlace,
  reachOf,
  retentionColumns,
  tallyPayments,
} from './overview-figures.ts'
import type { OverviewPlan, Span } from './overview-spans.ts'
import { readPayments } from './payment-rows.ts'
import { staffFilter } from './person-rows.ts'
import { Counts } from './tally.ts'
import type { View } from './view.ts'

type Staff = boolean | undefined

/** What the days of a span sum up to, and who was active in the windows that end with its last day. */
async function readDays(view: View, span: Span, staff: Staff) {
  const { dayCells: cells } = view.db.t
  const last = view.clock.dayOf(span.to - 1)
  const inSpan = sql`${cells.day} >= ${view.clock.dayOf(span.from)}`
  const [row] = await view.db.orm
    .select({
      active: sql<number>`sum(case when ${inSpan} then ${cells.active} else 0 end)`,
      newUsers: sql<number>`sum(case when ${inSpan} then ${cells.newUsers} else 0 end)`,
      wau: sql<number>`sum(${cells.wauChange})`,
      mau: sql<number>`sum(${cells.mauChange})`,
    })
    .from(cells)
    .where(and(lte(cells.day, last), staffFilter(view, 'dayCells', staff)))
  return { active: row?.active ?? 0, newUsers: row?.newUsers ?? 0, wau: row?.wau ?? 0, mau: row?.mau ?? 0 }
}

async function readQuarters(view: View, span: Span, staff: Staff) {
  const { quarterCells: cells } = view.db.t
  const [row] = await view.db.orm
    .select({ succeeded: sql<number>`sum(${cells.succeeded})`, failed: sql<number>`sum(${cells.failed})` })
    .from(cells)
    .where(
      and(
        gte(cells.quarter, quarterHour(span.from)),
        lte(cells.quarter, quarterHour(span.to - 1)),
        staffFilter(view, 'quarterCells', staff),
      ),
    )
  return { succeeded: row?.succeeded ?? 0, generations: (row?.succeeded ?? 0) + (row?.failed ?? 0) }
}

/** The part of a day up to a quarter hour. */
async function readFirsts(view: View, span: Span, staff: Staff) {
  const { firstCells: cells } = view.db.t
  const [row] = await view.db.orm
    .select({ active: sql<number>`sum(${cells.active})`, newUsers: sql<number>`sum(${cells.newUsers})` })
    .from(cells)
    .where(
      and(
        eq(cells.day, view.clock.dayOf(span.from)),
        lt(cells.quarter, quarterHour(span.to)),
        staffFilter(view, 'firstCells', staff),
      ),
    )
  return { active: row?.active ?? 0, newUsers: row?.newUsers ?? 0 }
}

function addAll(counts: Counts, place: number, figures: Readonly<Record<string, number>>): void {
  for (const [figure, amount] of Object.entries(figures)) counts.add(figure, place, 0, amount)
}

async function addSpan(view: View, plan: OverviewPlan, to: { counts: Counts; place: number; staff: Staff }) {
  const { counts, place, staff } = to
  const span = place === currentPlace ? plan.current : plan.previous
  addAll(counts, place, await readQuarters(view, span, staff))
  if (plan.running && place === previousPlace) addAll(counts, place, await readFirsts(view, span, staff))
  else {
    const { active, newUsers, wau, mau } = await readDays(view, span, staff)
    const distinct = plan.days === 1 ? active : plan.days === 7 ? wau : mau
    addAll(counts, place, { active: distinct, newUsers })
  }
  const shape = cohortsBeside(view, span)
  const cells = await readCohortCells(view, { ...shape, unit: 'day', includeStaff: staff, ages })
  if (cells) poolRetention(view, shape, (figure, row, k) => counts.add(figure, place, 0, cells(row, k)))
}

async function addPoints(
  view: View,
  plan: OverviewPlan,
  to: { counts: Counts; staff: Staff },
): Promise<void> {
  const { counts, staff } = to
  const { dayCells, typeCells } = view.db.t
  const days = plan.points.map((point) => view.clock.firstDay(point.index, 'day'))
  const [first = 0, last = first] = [days[0], days.at(-1)]
  if (days.length === 0) return
  // A day that the zone left out has no point, and nothing to count.
  const place = (day: number) => firstPoint + days.indexOf(day)
  const people = await view.db.orm
    .select({ day: dayCells.day, active: dayCells.active, newUsers: dayCells.newUsers })
    .from(dayCells)
    .where(and(between(dayCells.day, first, last), staffFilter(view, 'dayCells', staff)))
  for (const { day, ...figures } of people) addAll(counts, place(day), figures)
  const types = [...(await findEventTypes(view.db, ['generation_succeeded', 'generation_failed'])).values()]
  const generations = await view.db.orm
    .select({ day: typeCells.day, events: typeCells.events })
    .from(typeCells)
    .where(
      and(
        between(typeCells.day, first, last),
        inArray(typeCells.type, types),
        staffFilter(view, 'typeCells', staff),
      ),
    )
  for (const { day, events } of generations) addAll(counts, place(day), { generations: events })
}

const daysOf = ({ clock }: View, { from, to }: Pick<Span, 'from' | 'to'>) => ({
  first: clock.dayOf(from),
  last: clock.dayOf(to - 1),
})

/** Payers and net revenue of whole days. */
async function addMoney(view: View, plan: OverviewPlan, to: { counts: Counts; staff: Staff }): Promise<void> {
  const { counts, staff } = to
  for (const place of [currentPlace, previousPlace]) {
    const days = daysOf(view, place === currentPlace ? plan.current : plan.previous)
    const net = await netByDay(view, days, staff)
    addAll(counts, place, {
      payers: await payersIn(view, days, staff),
      net: [...net.values()].reduce((sum, amount) => sum + amount, 0),
    })
  }
  const net = await netByDay(view, daysOf(view, plan.range), staff)
  for (const [index, point] of plan.points.entries())
    counts.add('net', firstPoint + index, 0, net.get(view.clock.firstDay(point.index, 'day')) ?? 0)
}

/**
 * Whether the log holds what is dated ahead of now, as a sender's clock may be: cells of a running day count it, the
 * comparison of that day does not.
 */
export async function holdsWhatIsAhead({ db, generation, asOf }: View): Promise<boolean> {
  const { personStates, quarterCells } = db.t
  // One question each: SQLite takes a single maximum from the end of its index.
  const [active] = await db.orm.select({ at: max(personStates.lastActiveAt) }).from(personStates)
  const [seen] = await db.orm.select({ at: max(personStates.firstSeenAt) }).from(personStates)
  const [last] = await db.orm
    .select({ quarter: max(quarterCells.quarter) })
    .from(quarterCells)
    .where(eq(quarterCells.generation, generation))
  const latest = Math.max(active?.at ?? 0, seen?.at ?? 0)
  return latest > asOf || (last?.quarter ?? 0) > quarterHour(asOf)
}

/** The columns of a cohort that stand beside the figures, and its size. */
const ages = [0, ...Object.values(retentionColumns)]

/** Windows of so many days are kept as differences; of others the distinct people are not in cells. */
export const keptDays = [1, 7, 30]

/** The figures of an overview without conditions whose range is whole days, 1, 7 or 30 of them. */
export async function overviewFromCells(
  view: View,
  plan: OverviewPlan,
  includeStaff: Staff,
): Promise<Counts> {
  const counts = new Counts()
  for (const place of [currentPlace, previousPlace])
    await addSpan(view, plan, { counts, place, staff: includeStaff })
  await addPoints(view, plan, { counts, staff: includeStaff })
  if (plan.running) {
    const payments = await readPayments(view, { includeStaff, range: reachOf(plan), moneyOnly: true })
    tallyPayments(view, payments, { places: placesOf(view, plan), tally: counts })
  } else await addMoney(view, plan, { counts, staff: includeStaff })
  return counts
}

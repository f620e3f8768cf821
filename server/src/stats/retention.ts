import { AppError } from '@botdeck/shared/contract/errors'
import { eventMatcher, type Step, settlePerson } from '@botdeck/shared/domain/conditions'
import { forEachCell, type RetentionShape, retentionTable } from '@botdeck/shared/domain/retention'
import { type Audience, audienceOf, conditionsOn } from './audience.ts'
import { readCohortCells } from './cohort-cells.ts'
import { forEachPerson, type ScannedEvent } from './event-scan.ts'
import { activeDaysOf } from './person-rows.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, instantOf, type View } from './view.ts'

type Params = StatParams['retention']

const anyActivity: Step = { event: null }

function isAnyActivity({ event, where = [] }: Step): boolean {
  return event === null && where.length === 0
}

function shapeOf(view: View, params: Params): RetentionShape {
  const { cohorts, periods, start, mode } = params
  const firstPeriod = view.clock.periodIndex(instantOf(view, params.from, 'from'), params.period)
  return { firstPeriod, cohorts, periods, start, mode }
}

/** Whether both events are any activity whatever, so that who was active on which day decides. */
function countsActivity({ startEvent, returnEvent, where }: Params): boolean {
  return (
    isAnyActivity(startEvent ?? anyActivity) &&
    isAnyActivity(returnEvent ?? anyActivity) &&
    conditionsOn('event', where).length === 0
  )
}

/** Reports each person once for every cell they are in, as `cell` at row × periods + column. */
async function evaluate(view: View, params: Params, tally: Tally): Promise<void> {
  const shape = shapeOf(view, params)
  const { startEvent = anyActivity, returnEvent = anyActivity } = params
  const audience = await audienceOf(view, params, [startEvent, returnEvent])
  const report = (uid: number, starts: Iterable<number>, returns: Iterable<number>) =>
    forEachCell({ starts, returns }, shape, (row, k) => tally.add('cell', row * shape.periods + k, uid))
  const unit = params.period
  if (unit !== 'hour' && countsActivity(params)) {
    for (const [uid, days] of await activeDaysOf(view, audience)) {
      const periods = new Set(days.map((day) => view.clock.periodOfDay(day, unit)))
      report(uid, periods, periods)
    }
    return
  }
  await scanEvents(view, { params, shape, audience }, report)
}

async function scanEvents(
  view: View,
  { params, shape, audience }: { params: Params; shape: RetentionShape; audience: Audience },
  report: (uid: number, starts: number[], returns: number[]) => void,
): Promise<void> {
  const { clock } = view
  const { startEvent = anyActivity, returnEvent = anyActivity, period } = params
  const periodOf = (event: ScannedEvent) => clock.periodIndex(event.at, period)
  // The first start ever may lie long before the first row; later returns count only with `on_or_after`.
  const from = shape.start === 'recurring' ? clock.periodStart(shape.firstPeriod, period) : undefined
  const end = shape.firstPeriod + shape.cohorts + shape.periods - 1
  const to = shape.mode === 'on' ? clock.periodStart(end, period) : undefined
  const where = conditionsOn('event', params.where)
  await forEachPerson(
    view,
    { steps: [startEvent, returnEvent], where, from, to, audience },
    (uid, events) => {
      const field = audience.fieldOf(uid)
      const starts = events.filter(eventMatcher(settlePerson(startEvent, field)))
      if (starts.length === 0) return
      const returns = events.filter(eventMatcher(settlePerson(returnEvent, field)))
      report(uid, starts.map(periodOf), returns.map(periodOf))
    },
  )
}

function answerOf(view: View, params: Params, countOf: (row: number, k: number) => number): object {
  const { firstPeriod, cohorts, periods } = shapeOf(view, params)
  const counts = Array.from({ length: cohorts }, (_, row) =>
    Array.from({ length: periods }, (_, k) => countOf(row, k)),
  )
  const { clock, asOf: now } = view
  const table = retentionTable(counts, {
    firstPeriod,
    unit: params.period,
    reference: params.reference,
    clock,
    now,
  })
  const rows = table.cohorts.map((cohort) => ({
    ...cohort,
    startsAt: new Date(cohort.startsAt).toISOString(),
  }))
  return { ...answered(view), cohorts: rows, overall: table.overall }
}

/** Which cells the people asked for are in: one, or with the pooled row those of a column that are complete. */
function wantedCells(
  view: View,
  params: PeopleParams['retention'],
): (figure: string, index: number) => boolean {
  const { cohort, interval, period } = params
  const shape = shapeOf(view, params)
  if (interval >= shape.periods) throw new AppError('invalid_params', 'no such column', { field: 'interval' })
  if (cohort !== undefined && cohort >= shape.cohorts)
    throw new AppError('invalid_params', 'no such row', { field: 'cohort' })
  const startOf = (row: number, k: number) => view.clock.periodStart(shape.firstPeriod + row + k, period)
  return (_, index) => {
    const row = Math.floor(index / shape.periods)
    if (index % shape.periods !== interval) return false
    if (cohort !== undefined) return row === cohort && startOf(row, interval) <= view.asOf
    return startOf(row, interval + 1) <= view.asOf
  }
}

/**
 * Who comes back: cohorts of the people who start in one period, and how many of them return k periods later. Rules in
 * `domain/retention`. First activity ever and any activity by days, weeks and months come from `cohort_cells`, other
 * questions about any activity from `active_days`, the rest from rows of `events`.
 */
export const retentionStat: Stat<'retention'> = {
  async fromCells(view, params) {
    const { start, mode, where = [], period } = params
    if (start !== 'first_time' || mode !== 'on' || where.length > 0 || !countsActivity(params)) return null
    const shape = shapeOf(view, params)
    const cells = await readCohortCells(view, { unit: period, ...shape, includeStaff: params.includeStaff })
    return cells && answerOf(view, params, cells)
  },
  async scan(view, params) {
    const counts = new Counts()
    await evaluate(view, params, counts)
    return answerOf(view, params, (row, k) => counts.of('cell', row * params.periods + k))
  },
  async people(view, params) {
    const members = new Members(wantedCells(view, params))
    await evaluate(view, params, members)
    return members.uids
  },
}

import { AppError } from '@botdeck/shared/contract/errors'
import type { Step } from '@botdeck/shared/domain/conditions'
import type { RetentionShape } from '@botdeck/shared/domain/retention'
import { type CellVisit, RetentionCohorts } from '@botdeck/shared/domain/retention-cohorts'
import { type CellCount, retentionTable } from '@botdeck/shared/domain/retention-table'
import { peopleTable } from '../people/people-table.ts'
import { audienceOf } from './audience.ts'
import { readCohortCells } from './cohort-cells.ts'
import { headingOf } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import {
  forEachFirst,
  forEachPeriod,
  isAnyActivity,
  type PlaceVisit,
  type PlaceVisits,
} from './retention-periods.ts'
import type { Stat } from './stat.ts'
import { answered, instantOf, type View } from './view.ts'

type Params = StatParams['retention']

const anyActivity: Step = { event: null }

function shapeOf(view: View, params: Params): RetentionShape {
  const { cohorts, periods, start, mode } = params
  const firstPeriod = view.clock.periodIndex(instantOf(view, params.from, 'from'), params.period)
  return { firstPeriod, cohorts, periods, start, mode }
}

function oneByOne(visit: PlaceVisit): PlaceVisits {
  return {
    one: visit,
    all(uids, place) {
      for (const uid of uids) visit(uid, place)
    },
  }
}

/**
 * Tells once of each person for every cell they are in. Starts of `first_time` are read from all history, whatever range
 * is shown; returns of `on_or_after` up to now, whatever columns.
 */
async function evaluate(view: View, params: Params, emit: CellVisit): Promise<void> {
  const { startEvent = anyActivity, returnEvent = anyActivity, start, mode, cohorts, periods } = params
  const shape = shapeOf(view, params)
  const audience = await audienceOf(view, params, [startEvent, returnEvent])
  const question = { params, firstPeriod: shape.firstPeriod, audience }
  const { people } = await peopleTable(view)
  const members = new RetentionCohorts(shape, { people, belongs: (uid) => audience.has(uid) }, emit)
  const starts = { ...question, step: startEvent, places: { from: 0, to: cohorts } }
  if (start === 'recurring') await forEachPeriod(view, starts, oneByOne(members.started))
  else await forEachFirst(view, { ...starts, places: { to: cohorts } }, members.started)
  members.enter()
  // Nobody needs a return in period 0.
  const returns = { from: 1, to: mode === 'on' ? cohorts + periods - 1 : undefined }
  const returned: PlaceVisits = {
    one: members.returned,
    all: (uids, place, once) => members.returnedAll(uids, place, once),
  }
  if (periods > 1) await forEachPeriod(view, { ...question, step: returnEvent, places: returns }, returned)
  members.finish()
}

function answerOf(view: View, params: Params, countOf: CellCount): object {
  const { cohorts, periods, period: unit, reference } = params
  const { firstPeriod } = shapeOf(view, params)
  const { clock, asOf: now } = view
  const table = retentionTable(countOf, { firstPeriod, cohorts, periods, unit, reference, clock, now })
  const rows = table.cohorts.map(({ start, startsAt, ...row }) => ({
    ...headingOf({ label: start, start: startsAt }),
    ...row,
  }))
  return { ...answered(view), cohorts: rows, overall: table.overall }
}

/** Which cells the people asked for are in: one, or with the pooled row those of a column that are complete. */
function wantedCells(view: View, params: PeopleParams['retention']): (row: number, k: number) => boolean {
  const { cohort, interval, period } = params
  const { firstPeriod, cohorts, periods } = shapeOf(view, params)
  if (interval >= periods) throw new AppError('invalid_params', 'no such column', { field: 'interval' })
  if (cohort !== undefined && cohort >= cohorts)
    throw new AppError('invalid_params', 'no such row', { field: 'cohort' })
  const hasBegun = (place: number) => view.clock.periodStart(firstPeriod + place, period) <= view.asOf
  return (row, k) => {
    if (k !== interval) return false
    return cohort === undefined ? hasBegun(row + k + 1) : row === cohort && hasBegun(row + k)
  }
}

/**
 * Who comes back: cohorts of the people who start in one period, and how many of them return k periods later. Rules in
 * `domain/retention`. First activity ever and any activity by days, weeks and months come from `cohort_cells`; other
 * questions about any activity from who was active on which day, the rest from events.
 */
export const retentionStat: Stat<'retention'> = {
  async fromCells(view, params) {
    const { startEvent = anyActivity, returnEvent = anyActivity, start, mode, where = [], period } = params
    const fromFirst = start === 'first_time' && mode === 'on' && where.length === 0
    if (!fromFirst || !isAnyActivity(startEvent, params) || !isAnyActivity(returnEvent, params)) return null
    const shape = shapeOf(view, params)
    const cells = await readCohortCells(view, { unit: period, ...shape, includeStaff: params.includeStaff })
    return cells && answerOf(view, params, cells)
  },
  async scan(view, params) {
    const { cohorts, periods } = params
    const counts = new Uint32Array(cohorts * periods)
    await evaluate(view, params, (row, k) => {
      counts[row * periods + k] = (counts[row * periods + k] ?? 0) + 1
    })
    return answerOf(view, params, (row, k) => counts[row * periods + k] ?? 0)
  },
  async people(view, params) {
    const isWanted = wantedCells(view, params)
    const uids = new Set<number>()
    await evaluate(view, params, (row, k, uid) => {
      if (isWanted(row, k)) uids.add(uid)
    })
    return uids
  },
}

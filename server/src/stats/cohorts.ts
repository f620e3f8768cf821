import { AppError } from '@botdeck/shared/contract/errors'
import { rate } from '@botdeck/shared/domain/numbers'
import { forEachCell, type RetentionShape } from '@botdeck/shared/domain/retention'
import { type Audience, audienceOf, refuseEventConditions } from './audience.ts'
import { forEachPerson } from './event-scan.ts'
import { readPayments, reportingValue, revenueOf } from './payment-rows.ts'
import { activeDaysOf } from './person-rows.ts'
import { headingOf, pointNamed } from './points.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, instantOf, type View } from './view.ts'

type Params = StatParams['cohorts']

function planOf(view: View, params: Params) {
  refuseEventConditions(params)
  const { period: unit = 'day', cohorts, periods } = params
  const firstPeriod = view.clock.periodIndex(instantOf(view, params.from, 'from'), unit)
  const shape: RetentionShape = { firstPeriod, cohorts, periods, start: 'first_time', mode: 'on' }
  const rows = Array.from({ length: cohorts }, (_, row) => ({
    label: view.clock.labelOf(firstPeriod + row, unit),
    start: view.clock.periodStart(firstPeriod + row, unit),
  }))
  return { unit, shape, rows: rows.filter(({ start }) => start <= view.asOf) }
}
type Plan = ReturnType<typeof planOf>

/** The periods in which each counted person was active; cells keep none of hours, so these come from rows. */
async function activePeriods(
  view: View,
  { unit }: Plan,
  audience: Audience,
): Promise<Map<number, Set<number>>> {
  const { clock } = view
  if (unit !== 'hour') {
    const people = await activeDaysOf(view, audience)
    return new Map(
      [...people].map(([uid, days]) => [uid, new Set(days.map((day) => clock.periodOfDay(day, unit)))]),
    )
  }
  const people = new Map<number, Set<number>>()
  await forEachPerson(view, { steps: [{ event: null }], where: [], audience }, (uid, events) =>
    people.set(uid, new Set(events.map(({ at }) => clock.periodIndex(at, unit)))),
  )
  return people
}

/**
 * Reports each person at the cells, row × periods + column, of `users` (active then), `payers` (had paid by then) and
 * `net` (what they brought in that period, in the reporting currency), and at `size` of their row.
 */
async function evaluate(view: View, params: Params, to: { plan: Plan; tally: Tally }): Promise<void> {
  const { plan, tally } = to
  const { shape, unit } = plan
  const { periods } = shape
  const rowOf = new Map<number, number>()
  for (const [uid, active] of await activePeriods(view, plan, await audienceOf(view, params)))
    forEachCell({ starts: active, returns: active }, shape, (row, k) => {
      tally.add('users', row * periods + k, uid)
      if (k > 0) return
      rowOf.set(uid, row)
      tally.add('size', row, uid)
    })
  const firstPaid = new Map<number, number>()
  for (const payment of await readPayments(view, { includeStaff: true })) {
    const row = rowOf.get(payment.uid)
    if (row === undefined) continue
    const age = (at: number) => view.clock.periodIndex(at, unit) - shape.firstPeriod - row
    const { uid, succeededAt } = payment
    if (succeededAt !== null)
      firstPaid.set(uid, Math.min(firstPaid.get(uid) ?? Number.POSITIVE_INFINITY, age(succeededAt)))
    const value = reportingValue(payment, view.settings)
    for (const { at, amount } of value === null ? [] : revenueOf(payment, value))
      if (age(at) >= 0 && age(at) < periods) tally.add('net', row * periods + age(at), uid, amount)
  }
  for (const [uid, age] of firstPaid)
    for (let k = Math.max(0, age); k < periods; k++)
      tally.add('payers', (rowOf.get(uid) ?? 0) * periods + k, uid)
}

function answerOf(view: View, { unit, shape, rows }: Plan, counts: Counts): object {
  const { firstPeriod, periods } = shape
  const { currency } = view.settings
  const startOf = (row: number, k: number) => view.clock.periodStart(firstPeriod + row + k, unit)
  const cellsOf = (row: number, size: number) => {
    let net = 0
    return Array.from({ length: periods }, (_, k) => k)
      .filter((k) => startOf(row, k) <= view.asOf)
      .map((k) => {
        const users = counts.of('users', row * periods + k)
        const payers = counts.of('payers', row * periods + k)
        net += counts.of('net', row * periods + k)
        const ltv = { amount: rate(net, size) ?? 0, currency }
        const complete = startOf(row, k + 1) <= view.asOf
        return { users, size, rate: rate(users, size), ltv, payers, payerRate: rate(payers, size), complete }
      })
  }
  return {
    ...answered(view),
    rows: rows.map((heading, row) => {
      const size = counts.of('size', row)
      return { ...headingOf(heading), size, cells: cellsOf(row, size) }
    }),
  }
}

/** Which figure and place the people asked for are at; a column that has not begun has nobody. */
function wanted(view: View, params: PeopleParams['cohorts'], { unit, shape, rows }: Plan) {
  const { cell, k } = params
  const row = pointNamed(rows, params.start)
  if (cell === 'size') return (figure: string, index: number) => figure === 'size' && index === row
  if (k === undefined || k >= shape.periods)
    throw new AppError('invalid_params', 'k names no column of the answer', { field: 'k' })
  const begun = view.clock.periodStart(shape.firstPeriod + row + k, unit) <= view.asOf
  return (figure: string, index: number) => begun && figure === cell && index === row * shape.periods + k
}

/**
 * What each cohort brings: people by the period of their first activity, how many are active k periods later, their net
 * revenue from the beginning of their period to the end of that one per head (`ltv`; 0 of nobody), and who had paid by then.
 */
export const cohortsStat: Stat<'cohorts'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const counts = new Counts()
    await evaluate(view, params, { plan, tally: counts })
    return answerOf(view, plan, counts)
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const members = new Members(wanted(view, params, plan))
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

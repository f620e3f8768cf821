import { valueText } from '@botdeck/shared/domain/conditions'
import { audienceOf } from './audience.ts'
import { askingFor } from './breakdown.ts'
import { type CohortPlan, readMembers } from './cohort-people.ts'
import { askedByDate, reportByDate, rowsByDate } from './cohorts-by-date.ts'
import { askedByValue, type CohortValue, reportByValue, rowsByValue } from './cohorts-by-value.ts'
import { refuseEventConditions } from './filters.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type RangeTally } from './tally.ts'
import { answered, instantOf, type View } from './view.ts'

type Params = StatParams['cohorts']

function planOf(view: View, params: Params): CohortPlan {
  refuseEventConditions(params)
  const { cohorts, periods, period: unit = 'day' } = params
  const firstPeriod = view.clock.periodIndex(instantOf(view, params.from, 'from'), unit)
  return { unit, firstPeriod, cohorts, periods, start: 'first_time', mode: 'on' }
}

/** The field of people whose values are the rows; null where the rows are periods. */
function fieldOf({ by = 'date' }: Params): string | null {
  return by === 'date' ? null : by
}

interface Evaluation {
  plan: CohortPlan
  tally: RangeTally
}

/** @returns the values met, where the rows are values */
async function evaluate(view: View, params: Params, of: Evaluation): Promise<Set<CohortValue>> {
  const { plan, tally } = of
  const { includeStaff } = params
  const field = fieldOf(params)
  const audience = await audienceOf(view, params, field === null ? [] : [askingFor(field)])
  const members = await readMembers(view, plan, audience)
  if (field !== null) {
    const valueFor = (uid: number) => valueText(audience.fieldOf(uid)(field))
    return reportByValue(view, members, { valueFor, includeStaff, tally })
  }
  await reportByDate(view, members, { includeStaff, tally })
  return new Set()
}

/**
 * Cohorts by the period of the first activity ever, or by a value of the people who start in the range: who is active k
 * periods later (`users`), the cumulative net revenue from the beginning of each one's first period by the end of that
 * period ÷ cohort size (`ltv`, reporting currency), and those who had paid by then (`payers`, refunded or not).
 */
export const cohortsStat: Stat<'cohorts'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const counts = new Counts()
    const values = await evaluate(view, params, { plan, tally: counts })
    const rows =
      fieldOf(params) === null ? rowsByDate(view, plan, counts) : rowsByValue(view, plan, { values, counts })
    return { ...answered(view), rows }
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const asked = fieldOf(params) === null ? askedByDate(view, plan, params) : askedByValue(plan, params)
    const members = new Members((figure, place) => figure === asked.figure && place === asked.index)
    await evaluate(view, params, { plan, tally: members })
    return members.uids
  },
}

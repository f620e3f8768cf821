import { valueText } from '@botdeck/shared/domain/conditions'
import { type Audience, audienceOf, refuseEventConditions } from './audience.ts'
import { askingFor } from './breakdown.ts'
import { type CohortPlan, forEachCohortPerson } from './cohort-people.ts'
import { askedByDate, reportByDate, rowsByDate } from './cohorts-by-date.ts'
import { askedByValue, type CohortValue, reportByValue, rowsByValue } from './cohorts-by-value.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
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
  audience: Audience
  tally: Tally
}

async function evaluateByDate(view: View, params: Params, of: Evaluation): Promise<void> {
  const { plan, tally } = of
  await forEachCohortPerson(view, { ...of, includeStaff: params.includeStaff }, (person) =>
    reportByDate(plan, person, tally),
  )
}

/** @returns the values met */
async function evaluateByValue(
  view: View,
  params: Params,
  of: Evaluation & { field: string },
): Promise<Set<CohortValue>> {
  const { plan, audience, tally, field } = of
  const values = new Set<CohortValue>()
  await forEachCohortPerson(view, { ...of, includeStaff: params.includeStaff }, (person) => {
    const value = valueText(audience.fieldOf(person.uid)(field))
    values.add(value)
    reportByValue(view, plan, { person, value, tally })
  })
  return values
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
    const field = fieldOf(params)
    const counts = new Counts()
    const audience = await audienceOf(view, params, field === null ? [] : [askingFor(field)])
    const evaluation = { plan, audience, tally: counts }
    if (field !== null) {
      const values = await evaluateByValue(view, params, { ...evaluation, field })
      return { ...answered(view), rows: rowsByValue(view, plan, { values, counts }) }
    }
    await evaluateByDate(view, params, evaluation)
    return { ...answered(view), rows: rowsByDate(view, plan, counts) }
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const field = fieldOf(params)
    const asked = field === null ? askedByDate(view, plan, params) : askedByValue(plan, params)
    const members = new Members((figure, place) => figure === asked.figure && place === asked.index)
    const audience = await audienceOf(view, params, field === null ? [] : [askingFor(field)])
    const evaluation = { plan, audience, tally: members }
    if (field === null) await evaluateByDate(view, params, evaluation)
    else await evaluateByValue(view, params, { ...evaluation, field })
    return members.uids
  },
}

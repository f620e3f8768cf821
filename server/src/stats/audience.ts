import type { Step } from '@botdeck/shared/domain/conditions'
import { PeopleFields } from '../people/people-fields.ts'
import { type Audience, conditionsOn, type Filters } from './filters.ts'
import type { View } from './view.ts'

export { type Audience, conditionsOn, type Filters, refuseEventConditions } from './filters.ts'

/**
 * The people who pass the filters as they are now; staff are left out unless asked for. `steps` are those whose conditions
 * on people are asked of `fieldOf` and `passing`.
 */
export async function audienceOf(
  view: View,
  filters: Filters,
  steps: readonly Step[] = [],
): Promise<Audience> {
  const conditions = conditionsOn('user', filters.where)
  const ofSteps = steps.flatMap(({ where }) => conditionsOn('user', where))
  const fields = await PeopleFields.open(
    view,
    [...conditions, ...ofSteps],
    filters.includeStaff ? [] : ['staff'],
  )
  const mask = fields.passing(conditions)
  if (!filters.includeStaff) {
    const people = fields.table.column('staff').passing(fields.people, (value) => value === undefined)
    for (let uid = 0; uid < mask.length; uid++) mask[uid] = (mask[uid] ?? 0) & (people[uid] ?? 0)
  }
  return {
    mask,
    has: (uid) => mask[uid] === 1,
    fieldOf: (uid) => (key) => fields.of(uid, key),
    passing: (asked) => fields.passing(asked),
  }
}

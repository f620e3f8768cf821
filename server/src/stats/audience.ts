import type { Condition, Step } from '@botdeck/shared/domain/conditions'
import { intersect } from '../people/masks.ts'
import { PeopleFields } from '../people/people-fields.ts'
import { type Audience, conditionsOn, type Filters } from './filters.ts'
import type { View } from './view.ts'

/** 1 for each uid who is counted. */
function maskOf(fields: PeopleFields, conditions: readonly Condition[], withStaff: boolean): Uint8Array {
  if (withStaff) return fields.passing(conditions)
  const people = fields.table.column('staff').passing(fields.people, (value) => value === undefined)
  if (conditions.length === 0) return people
  const mask = fields.passing(conditions)
  intersect(mask, people)
  return mask
}

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
  const mask = maskOf(fields, conditions, filters.includeStaff === true)
  return {
    mask,
    has: (uid) => mask[uid] === 1,
    fieldOf: (uid) => (key) => fields.of(uid, key),
    passing: (asked) => fields.passing(asked),
  }
}

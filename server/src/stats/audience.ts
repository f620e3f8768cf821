import { AppError } from '@botdeck/shared/contract/errors'
import { type Condition, matchesAll, type Step } from '@botdeck/shared/domain/conditions'
import { eq } from 'drizzle-orm'
import { type Field, personFields } from './person-fields.ts'
import type { View } from './view.ts'

/** What every stat can be narrowed by. */
export interface Filters {
  where?: readonly Condition[] | undefined
  includeStaff?: boolean | undefined
}

/** The people whom a stat counts. */
export interface Audience {
  has(uid: number): boolean
  /** A field of a counted person, for conditions of steps; loaded only where `steps` have any. */
  fieldOf(uid: number): Field
}

/** The conditions of one scope. */
export function conditionsOn(scope: Condition['scope'], conditions: readonly Condition[] = []): Condition[] {
  return conditions.filter((condition) => condition.scope === scope)
}

/** Refuses conditions on events where a stat is not counted from events: `invalid_params` naming `where`. */
export function refuseEventConditions({ where }: Filters): void {
  if (conditionsOn('event', where).length > 0)
    throw new AppError(
      'invalid_params',
      'this stat is not counted from events: only conditions of scope "user"',
      {
        field: 'where',
      },
    )
}

const unknown: Field = () => undefined

/** The people who pass the filters as they are now; staff are left out unless asked for. */
export async function audienceOf(
  view: View,
  filters: Filters,
  steps: readonly Step[] = [],
): Promise<Audience> {
  const conditions = conditionsOn('user', filters.where)
  const needed = conditions.length > 0 || steps.some(({ where }) => conditionsOn('user', where).length > 0)
  const fields = needed ? await personFields(view) : new Map<number, Field>()
  const { personStates } = view.db.t
  const staff = filters.includeStaff
    ? []
    : await view.db.orm
        .select({ uid: personStates.uid })
        .from(personStates)
        .where(eq(personStates.staff, true))
  const left = new Set(staff.map(({ uid }) => uid))
  if (conditions.length > 0)
    for (const [uid, field] of fields) if (!matchesAll(conditions, field)) left.add(uid)
  return {
    has: (uid) => !left.has(uid),
    fieldOf: (uid) => fields.get(uid) ?? unknown,
  }
}

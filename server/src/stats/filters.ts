import { AppError } from '@botdeck/shared/contract/errors'
import type { Condition } from '@botdeck/shared/domain/conditions'

/** What every stat can be narrowed by. */
export interface Filters {
  where?: readonly Condition[] | undefined
  includeStaff?: boolean | undefined
}

/** What a condition of scope `user` compares: a field of one person as it is now, undefined where unknown. */
export type Field = (key: string) => unknown

/** The people whom a stat counts. */
export interface Audience {
  has(uid: number): boolean
  /** A field of a counted person, for conditions of steps; loaded only where `steps` have any. */
  fieldOf(uid: number): Field
  /** The same as `has`, for loops over many: 1 for each uid who is counted. */
  readonly mask?: Uint8Array | undefined
  /** 1 for each uid who meets conditions on people; they may look at what those of `steps` look at. */
  passing?(conditions: readonly Condition[]): Uint8Array
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
      { field: 'where' },
    )
}

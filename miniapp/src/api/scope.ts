import type { Condition } from '@botdeck/shared/contract/params'

/** Whom and when a stat counts: local days, both ends included, conditions on people, and whether staff count. */
export interface Scope {
  from: string
  to: string
  where: Condition[]
  staff: boolean
}

export type Filters = Pick<Scope, 'where' | 'staff'>

/** The filters as GET stats take them; absent where they filter nothing, so that one question has one address. */
export function filterQuery({ where, staff }: Filters) {
  return {
    ...(where.length > 0 ? { where: JSON.stringify(where) } : {}),
    ...(staff ? { includeStaff: 'true' as const } : {}),
  }
}

/** The filters as POST stats take them. */
export function filterBody({ where, staff }: Filters) {
  return { ...(where.length > 0 ? { where } : {}), ...(staff ? { includeStaff: true } : {}) }
}

/** Range and filters as GET stats take them. */
export function rangeQuery({ from, to, ...filters }: Scope) {
  return { from, to, ...filterQuery(filters) }
}

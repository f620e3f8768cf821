import type { SegmentName } from '@botdeck/shared/contract/users'

/** The segments of the metrics page, in the order in which they are offered. */
export const segments: readonly SegmentName[] = [
  'new',
  'active_free',
  'exhausted_free',
  'paying',
  'power',
  'at_risk',
  'churned',
  'blocked',
]

const sorts = ['lastActiveAt', 'firstSeenAt', 'purchases', 'generations', 'credits'] as const
export type UserSortName = (typeof sorts)[number]
export const userSorts: readonly UserSortName[] = sorts

/** What the list of users keeps in its address; absent means the default: last active first. */
export interface UsersSearch {
  search?: string
  segment?: SegmentName
  sort?: UserSortName
  order?: 'asc'
  staff?: true
}

/** The list's part of an address; what cannot be read is left out. */
export function parseUsers(raw: Record<string, unknown>): UsersSearch {
  // The router reads digits as a number.
  const text = typeof raw.search === 'number' ? String(raw.search) : raw.search
  const segment = segments.find((known) => known === raw.segment)
  const sort = sorts.find((known) => known === raw.sort)
  return {
    ...(typeof text === 'string' && text.trim() !== '' ? { search: text.slice(0, 100) } : {}),
    ...(segment ? { segment } : {}),
    ...(sort ? { sort } : {}),
    ...(raw.order === 'asc' ? { order: 'asc' as const } : {}),
  }
}

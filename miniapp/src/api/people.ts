import type { Timeline, UserDetail, UserPage } from '@botdeck/shared/contract/users'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type PeopleSearch, peopleStats } from '../url/people.ts'
import type { UsersSearch } from '../url/users.ts'
import { type Api, answer } from './client.ts'
import { failureOf } from './errors.ts'

const pageSize = 50

const pages = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
}

function cursorOf(cursor: string | null): { cursor?: string } {
  return cursor === null ? {} : { cursor }
}

/** People searched and filtered, page by page. */
export function usersQuery({ routes }: Api, { search, segment, sort, order, staff }: UsersSearch) {
  const query = {
    limit: String(pageSize),
    ...(search ? { search } : {}),
    ...(segment ? { segment } : {}),
    ...(sort ? { sort } : {}),
    ...(order ? { order } : {}),
    ...(staff ? { includeStaff: 'true' as const } : {}),
  }
  return infiniteQueryOptions({
    queryKey: ['users', query],
    queryFn: ({ pageParam, signal }) =>
      answer<UserPage>(
        routes.users.$get({ query: { ...query, ...cursorOf(pageParam) } }, { init: { signal } }),
      ),
    ...pages,
  })
}

/** One person by Telegram id. */
export function userQuery({ routes }: Api, id: string) {
  return queryOptions({
    queryKey: ['user', id],
    queryFn: ({ signal }) =>
      answer<UserDetail>(routes.users[':id'].$get({ param: { id } }, { init: { signal } })),
  })
}

/** A person's events, newest first; with `before` those up to the end of that local day. */
export function timelineQuery({ routes }: Api, id: string, before?: string) {
  return infiniteQueryOptions({
    queryKey: ['timeline', id, before ?? null],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: '100', ...(before ? { before } : {}), ...cursorOf(pageParam) }
      return answer<Timeline>(routes.users[':id'].events.$get({ param: { id }, query }, { init: { signal } }))
    },
    ...pages,
  })
}

function plainQuery(q: Record<string, unknown>): string {
  return new URLSearchParams(Object.entries(q).map(([key, value]) => [key, String(value)])).toString()
}

/**
 * The people behind a figure. Which stat it is stands in the address, so the path is made here and not taken from
 * the typed routes; every stat's twin answers the same page of people.
 */
export function peopleQuery({ session }: Api, { stat, q }: PeopleSearch) {
  return infiniteQueryOptions({
    queryKey: ['people', stat, q],
    queryFn: async ({ pageParam, signal }): Promise<UserPage> => {
      const path = `/api/stats/${stat}/people`
      const page = { ...q, ...cursorOf(pageParam) }
      const response =
        peopleStats[stat] === 'get'
          ? await session.fetch(`${path}?${plainQuery({ ...page, limit: pageSize })}`, { signal })
          : await session.fetch(path, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ ...page, limit: pageSize }),
              signal,
            })
      if (!response.ok) throw await failureOf(response)
      return response.json()
    },
    ...pages,
  })
}

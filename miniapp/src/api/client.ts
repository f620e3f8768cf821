import type { AppType } from '@botdeck/server/client'
import { hc } from 'hono/client'
import { createContext, use } from 'react'
import { fetchEarly } from './early.ts'
import { failureOf } from './errors.ts'
import { keepSession, type SessionKeeper } from './session.ts'

/** The server's API with the types of its routes, and the session that speaks to it. */
export interface Api {
  routes: ReturnType<typeof hc<AppType>>['api']
  session: SessionKeeper
}

/** The API for this launch; `fetch` and `storage` are the browser's unless given. */
export function createApi(
  initData: string,
  { fetch = fetchEarly, storage = window.sessionStorage }: Partial<Browser> = {},
): Api {
  const session = keepSession({ initData, fetch, storage })
  return { session, routes: hc<AppType>(window.location.origin, { fetch: session.fetch }).api }
}

interface Browser {
  fetch: typeof window.fetch
  storage: Storage
}

interface Answer {
  ok: boolean
  status: number
  json: () => Promise<unknown>
}

/** The body of a successful answer, of the contract's type; throws `ApiFailure` for every other one. */
export async function answer<T>(asked: Promise<Answer>): Promise<T> {
  const response = await asked
  if (!response.ok) throw await failureOf(response)
  // The routes' types also list the error body; past `ok` only the contract's answer is left.
  return (await response.json()) as T
}

const ApiContext = createContext<Api | null>(null)
export const ApiProvider = ApiContext.Provider

/** The API of this launch. */
export function useApi(): Api {
  const api = use(ApiContext)
  if (api === null) throw new Error('useApi outside of ApiProvider')
  return api
}

import type { Session } from '@botdeck/shared/contract/session'
import { sessionKey } from './early.ts'
import { ApiFailure, failureOf } from './errors.ts'

type Fetch = typeof fetch

/** Keeps one session: made from initData, kept for a reload of the page, made anew when the server forgot it. */
export interface SessionKeeper {
  /** `fetch` with the session's token. A 401 makes a new session and asks once more. */
  fetch: Fetch
  current: () => Promise<Session>
  forget: () => void
}

interface Options {
  initData: string
  fetch: Fetch
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

function parseSession(text: string | null): Session | null {
  try {
    const session: Session | null = JSON.parse(text ?? 'null')
    return session && Date.parse(session.expiresAt) > Date.now() ? session : null
  } catch {
    return null
  }
}

/**
 * A keeper for this launch. The stored token belongs to the initData's hash: another launch, perhaps by another
 * person, never finds it. Throws `unauthenticated` when the initData is not (or no longer) accepted, `forbidden` for
 * a person who is no admin.
 */
export function keepSession({ initData, fetch, storage }: Options): SessionKeeper {
  const key = sessionKey(initData)
  let session: Promise<Session> | null = null

  const create = async (): Promise<Session> => {
    const response = await reach(fetch, '/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ initData }),
    })
    if (!response.ok) throw await failureOf(response)
    const created: Session = await response.json()
    storage.setItem(key, JSON.stringify(created))
    return created
  }
  const forget = (): void => {
    session = null
    storage.removeItem(key)
  }
  const current = (): Promise<Session> => {
    const stored = parseSession(storage.getItem(key))
    session ??= stored ? Promise.resolve(stored) : create()
    // A failure is not kept, so that "try again" tries again.
    session.catch(() => {
      session = null
    })
    return session
  }
  const send: Fetch = async (input, init) => {
    const { token } = await current()
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${token}`)
    return reach(fetch, input, { ...init, headers })
  }
  return {
    current,
    forget,
    fetch: async (input, init) => {
      const first = await send(input, init)
      if (first.status !== 401) return first
      forget()
      return send(input, init)
    },
  }
}

async function reach(fetch: Fetch, ...[input, init]: Parameters<Fetch>): Promise<Response> {
  try {
    return await fetch(input, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiFailure('offline', 'The server cannot be reached')
  }
}

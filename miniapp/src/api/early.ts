/** Answers that were asked for before the panel's code had arrived, by path. Each is given once. */
const answers = new Map<string, Promise<Response>>()

function sessionRequest(initData: string): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ initData }),
  }
}

/** Where a session of this launch is kept for a reload of the page. */
export function sessionKey(initData: string): string {
  return `botdeck/session/${new URLSearchParams(initData).get('hash') ?? ''}`
}

/**
 * Asks for the session and the panel with what the client has put into the address. Where there is nothing, or a
 * session is kept already, nothing is asked.
 */
export function askEarly(): void {
  const initData = new URLSearchParams(window.location.hash.slice(1)).get('tgWebAppData')
  if (!initData || window.sessionStorage.getItem(sessionKey(initData)) !== null) return
  const session = fetch('/api/session', sessionRequest(initData))
  const panel = session.then(async (response) => {
    const { token }: { token: string } = await response.clone().json()
    return fetch('/api/panel', { headers: { authorization: `Bearer ${token}` } })
  })
  // Whoever takes an answer learns of its failure by asking again.
  session.catch(() => undefined)
  panel.catch(() => undefined)
  answers.set('/api/session', session).set('/api/panel', panel)
}

/** `fetch`, but what was asked early is not asked again, unless it failed. */
export const fetchEarly: typeof fetch = async (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input, window.location.origin)
  const early = answers.get(pathname)
  answers.delete(pathname)
  const response = await early?.catch(() => undefined)
  return response?.ok ? response : fetch(input, init)
}

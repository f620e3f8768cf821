import type { Panel, Session } from '@botdeck/shared/contract/session'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import { ApiProvider, createApi } from '../api/client.ts'
import { createQueryClient } from '../api/query-client.ts'
import { startTexts } from '../i18n/start.ts'
import { createPanelRouter } from '../router.tsx'

/** What the pretended server was asked. */
export interface Asked {
  path: string
  query: Record<string, string>
  body: unknown
}

/** Answers by path: a JSON body, a status with a body, or what to make of the question. */
export type Answers = Record<string, unknown>

/** A refusal of the server, in its own shape. */
export class Refusal {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    this.status = status
    this.code = code
  }
}

export const session: Session = {
  token: 'token',
  expiresAt: '2999-01-01T00:00:00.000Z',
  user: { id: 1000, firstName: 'Ann', role: 'owner' },
}

export const panel: Panel = {
  bot: { name: 'Photo bot', username: 'photo_bot' },
  user: session.user,
  timezone: 'Europe/Berlin',
  weekStart: 'monday',
  currency: 'XTR',
  now: '2026-11-20T20:00:00.000Z',
  today: '2026-11-20',
  firstDay: '2025-11-20',
  sources: ['news'],
  languages: ['en', 'ru'],
}

export const answered = { asOf: '2026-11-20T20:00:00.000Z', timezone: 'Europe/Berlin' }

function respond(answer: unknown): Response {
  if (!(answer instanceof Refusal)) return Response.json(answer)
  const error = { code: answer.code, message: 'refused', requestId: 'req_1' }
  return Response.json({ error }, { status: answer.status })
}

/** A server that answers from a table, and the list of what it was asked. An answer that is missing never comes. */
export function fakeServer(answers: Answers): { fetch: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = []
  const table: Answers = { '/api/session': session, '/api/panel': panel, ...answers }
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : String(input), 'http://localhost')
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null
    const question = { path: url.pathname, query: Object.fromEntries(url.searchParams), body }
    asked.push(question)
    const answer = table[url.pathname]
    if (answer === undefined) return new Promise(() => undefined)
    return respond(typeof answer === 'function' ? answer(question) : answer)
  }
  return { fetch, asked }
}

/** The whole panel at an address, before a server that answers from a table. */
export async function renderPanel(address: string, answers: Answers) {
  await startTexts('en')
  const { fetch, asked } = fakeServer(answers)
  const api = createApi('user=1&hash=abc', { fetch })
  const queryClient = createQueryClient()
  queryClient.setDefaultOptions({ queries: { ...queryClient.getDefaultOptions().queries, retry: false } })
  const router = createPanelRouter({ api, queryClient }, createMemoryHistory({ initialEntries: [address] }))
  const view = render(
    <QueryClientProvider client={queryClient}>
      <ApiProvider value={api}>
        <RouterProvider router={router} />
      </ApiProvider>
    </QueryClientProvider>,
  )
  return { ...view, asked, router }
}

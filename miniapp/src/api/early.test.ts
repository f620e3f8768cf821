import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeServer, Refusal } from '../testing/render.tsx'
import { createApi } from './client.ts'
import { askEarly, sessionKey } from './early.ts'

const initData = 'user=1&hash=abc'

beforeEach(() => {
  window.location.hash = new URLSearchParams({ tgWebAppData: initData, tgWebAppVersion: '9.1' }).toString()
})

afterEach(() => {
  vi.unstubAllGlobals()
  window.location.hash = ''
})

function serve(answers: Record<string, unknown>) {
  const server = fakeServer(answers)
  vi.stubGlobal('fetch', server.fetch)
  return server
}

describe('askEarly', () => {
  it('asks for session and panel once, before anybody needs them', async () => {
    const { asked } = serve({})
    askEarly()
    const api = createApi(initData)
    expect((await api.session.current()).token).toBe('token')
    expect((await api.routes.panel.$get({})).ok).toBe(true)
    expect(asked.map(({ path }) => path)).toEqual(['/api/session', '/api/panel'])
  })

  it('gives an answer once: the next question is asked anew', async () => {
    const { asked } = serve({})
    askEarly()
    const api = createApi(initData)
    await api.routes.panel.$get({})
    await api.routes.panel.$get({})
    expect(asked.filter(({ path }) => path === '/api/panel')).toHaveLength(2)
  })

  it('leaves a refusal to be heard by who asks', async () => {
    serve({ '/api/session': new Refusal(403, 'forbidden') })
    askEarly()
    await expect(createApi(initData).session.current()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('asks nothing where a session is kept, or nobody launched', () => {
    const { asked } = serve({})
    window.sessionStorage.setItem(sessionKey(initData), '{}')
    askEarly()
    window.location.hash = ''
    askEarly()
    expect(asked).toEqual([])
  })
})
